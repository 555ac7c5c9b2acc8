import { SupersetClient } from '@superset-ui/core';
import { ApiError, jsonOf } from '../api/http';
import { t } from '../i18n';

const STALE = /csrf/i;

/**
 * Asks the server, once more with a new token where the old one has gone with its session: whoever logs in again in
 * another tab goes on here. Where nobody is logged in, rejects with status 401 and what to do.
 */
export async function inSession<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (failure) {
    if (!(failure instanceof ApiError) || !isLost(failure)) throw failure;
    await renew();
    return ask();
  }
}

const isLost = ({ status, message }: ApiError): boolean => status === 401 || (status === 400 && STALE.test(message));

/** Asked for by hand first: the client itself would leave the page for the login. */
async function renew(): Promise<void> {
  try {
    await jsonOf(SupersetClient.get({ endpoint: '/api/v1/security/csrf_token/', ignoreUnauthorized: true }));
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 401) throw failure;
    throw new ApiError('failed', t('You are not logged in any more. Log in in another tab, then try again.'), 401);
  }
  await SupersetClient.reAuthenticate?.();
}
