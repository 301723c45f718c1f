import { Button, Group, Modal, Text } from '@mantine/core';
import { useText } from '../i18n';

export interface ConfirmProps {
  opened: boolean;
  title: string;
  text: string;
  confirm: string;
  dismiss?: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asked before what cannot be undone. The safe answer has the focus. */
export default function ConfirmDialog(props: ConfirmProps) {
  const { opened, title, text, confirm, dismiss, danger = false, busy = false, onConfirm, onClose } = props;
  const { t } = useText();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }} size="sm">
      <Text mb="lg">{text}</Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          {dismiss ?? t('common.cancel')}
        </Button>
        <Button {...(danger ? { color: 'red.9' } : {})} loading={busy} onClick={onConfirm} data-testid="confirm">
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
