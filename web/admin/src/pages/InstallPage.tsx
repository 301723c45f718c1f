import { Button, CopyButton } from '@mantine/core';
import { useSession } from '../api/session';
import { useText } from '../i18n';
import { usePageTitle } from '../shell/pageTitle';
import { IconCheck, IconCopy } from '../ui/icons';
import { PageBody, PageHead } from '../ui/PageBody';
import classes from './Install.module.css';

export function InstallPage() {
  const { t } = useText();
  const { tenant } = useSession();
  usePageTitle(t('page.install'));
  const snippet = `<script async src="${location.origin}/widget.js" data-tenant="${tenant.public_key}"></script>`;
  return (
    <PageBody>
      <PageHead title={t('install.title')} />
      <section className={classes.card}>
        <p className={classes.lead}>{t('install.lead')}</p>
        <pre className={classes.code} tabIndex={0} aria-label={t('install.snippet')} data-testid="snippet">
          <code>{snippet}</code>
        </pre>
        <CopyButton value={snippet} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              data-testid="copy"
            >
              <span role="status">{copied ? t('common.copied') : t('common.copy')}</span>
            </Button>
          )}
        </CopyButton>
        <p className={classes.note}>{t('install.quiet')}</p>
      </section>
      <section className={classes.card}>
        <h2>{t('install.check')}</h2>
        <ol className={classes.steps}>
          <li>{t('install.step1')}</li>
          <li>{t('install.step2')}</li>
          <li>{t('install.step3')}</li>
        </ol>
      </section>
      <section className={classes.card}>
        <h2>{t('install.key')}</h2>
        <code className={classes.key}>{tenant.public_key}</code>
        <p className={classes.note}>{t('install.keyText')}</p>
      </section>
    </PageBody>
  );
}
