import { SupersetClient } from '@superset-ui/core';
import { ApiError, jsonOf } from '../api/http';

const STALE = /csrf/i;

/**
 * Asks the server, once more with a new token where the old one has gone with its session: whoever logs in again in
 * another tab goes on here. Where nobody is logged in, rejects with status 401.
 */
export async function inSession<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 400 || !STALE.test(failure.message)) throw failure;
    // Asked for by hand first: the client itself would leave the page for the login.
    await jsonOf(SupersetClient.get({ endpoint: '/api/v1/security/csrf_token/', ignoreUnauthorized: true }));
    await SupersetClient.reAuthenticate?.();
    return ask();
  }
}
