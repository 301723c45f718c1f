import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Query } from '../../../api/http';
import { download } from '../../../api/download';
import { tellFailure } from '../../../lib/failure';
import { useText } from '../../../i18n';
import { IconDownload } from './icons';

/** Fetches a file and gives it to the browser to save; a refusal is told like any other. */
export function Download({ path, query, name, children, small = false }: {
  path: string;
  query?: Query;
  name: string;
  children: string;
  /** In a row of a table. */
  small?: boolean;
}) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await download(path, name, query);
    } catch (error) {
      tellFailure(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      size={small ? 'compact-sm' : 'sm'}
      loading={busy}
      leftSection={<IconDownload size={16} />}
      onClick={() => void run()}
      data-testid="download"
    >
      {children}
    </Button>
  );
}
