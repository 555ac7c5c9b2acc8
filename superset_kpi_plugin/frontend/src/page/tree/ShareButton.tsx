import { LinkOutlined } from '@ant-design/icons';
import { App, Button, Input, Popover } from 'antd';
import React, { useRef, useState } from 'react';
import type { InputRef } from 'antd';
import { t } from '../../i18n';

/** A link to what is on the screen. */
export function ShareButton({ address }: { address: () => string }) {
  const { message } = App.useApp();
  const [link, setLink] = useState<string | null>(null);
  const field = useRef<InputRef>(null);
  const button = useRef<HTMLButtonElement & HTMLAnchorElement>(null);
  const copy = () => {
    field.current?.select();
    // Pages that are not served securely have no clipboard of their own; what is selected can be copied there.
    const written = navigator.clipboard?.writeText(link ?? '') ?? Promise.resolve(document.execCommand('copy'));
    void written.then(() => message.success(t('Link copied')), () => undefined);
  };
  const closeByKey = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    setLink(null);
    button.current?.focus();
  };
  return (
    <Popover
      open={link !== null}
      onOpenChange={open => setLink(open ? address() : null)}
      afterOpenChange={open => open && field.current?.focus({ cursor: 'all' })}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="kpi-share" onKeyDown={closeByKey}>
          <p>{t('Opens this tree with the same period, layout, filters and suppositions. Everybody reads it with their own rights.')}</p>
          <Input.Search
            ref={field}
            readOnly
            value={link ?? ''}
            aria-label={t('Link to this view')}
            data-test="kpi-share-link"
            enterButton={t('Copy')}
            onSearch={copy}
          />
        </div>
      }
    >
      <Button ref={button} title={t('Share')} aria-label={t('Share')} className="kpi-tool-button" data-test="kpi-share">
        <LinkOutlined />
        <span className="kpi-wide-only">{t('Share')}</span>
      </Button>
    </Popover>
  );
}
