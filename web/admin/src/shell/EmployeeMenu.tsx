import { ActionIcon, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { useSession, useSignOut } from '../api/session';
import { changeLanguage, languages, useText } from '../i18n';
import { tellFailure } from '../lib/failure';
import type { Language } from '../lib/time';
import { setSound, useSound } from '../live/sound';
import { IconAuto, IconCheck, IconHelp, IconMoon, IconMute, IconOut, IconSound, IconSun, IconUser } from '../ui/icons';
import classes from './EmployeeMenu.module.css';

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconAuto },
] as const;

const ownNames = { ru: 'Русский', en: 'English' } as const;
const shortNames = { ru: 'РУ', en: 'EN' } as const;

export function LanguageMenu() {
  const { t, language } = useText();
  const cache = useQueryClient();
  const change = async (next: Language) => {
    try {
      await changeLanguage(next);
      // The name of the business is told in the reader's language.
      await cache.invalidateQueries({ queryKey: keys.session });
    } catch (error) {
      tellFailure(error, t);
    }
  };
  return (
    <Menu position="bottom-end" width={180} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.language} aria-label={`${t('header.language')}: ${ownNames[language]}`}>
          {shortNames[language]}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((item) => (
          <Menu.Item
            key={item}
            lang={item}
            onClick={() => void change(item)}
            rightSection={item === language ? <IconCheck size={16} /> : null}
          >
            {ownNames[item]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ThemeMenu() {
  const { t } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find((scheme) => scheme.value === colorScheme)?.icon ?? IconAuto;
  return (
    <Menu position="bottom-end" width={200} shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          className={classes.action}
          aria-label={`${t('header.theme')}: ${t(`header.theme_${colorScheme}`)}`}
        >
          <Current />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            onClick={() => setColorScheme(value)}
            leftSection={<Icon size={18} />}
            rightSection={value === colorScheme ? <IconCheck size={16} /> : null}
          >
            {t(`header.theme_${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function EmployeeMenu({ onHelp }: { onHelp(): void }) {
  const { t } = useText();
  const { employee, tenant } = useSession();
  const sound = useSound();
  const signOut = useSignOut();
  return (
    <div className={classes.bar}>
      <LanguageMenu />
      <ThemeMenu />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        className={`${classes.action} ${classes.wide}`}
        aria-label={t('header.shortcuts')}
        onClick={onHelp}
      >
        <IconHelp />
      </ActionIcon>
      <Menu position="bottom-end" width={270} shadow="md" closeOnItemClick={false}>
        <Menu.Target>
          <UnstyledButton className={classes.person} aria-label={`${t('header.menu')}: ${employee.name}`}>
            <span className={classes.avatar}>
              <IconUser size={18} />
            </span>
            <span className={classes.who}>
              <span className={classes.name}>{employee.name}</span>
              <span className={classes.role}>{t(`common.role_${employee.role}`)}</span>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.card}>
            <div className={classes.cardName}>{employee.name}</div>
            <div className={classes.cardRole}>
              {t(`common.role_${employee.role}`)} · {tenant.name}
            </div>
          </div>
          <Menu.Divider />
          <Menu.Item
            onClick={() => setSound(!sound)}
            leftSection={sound ? <IconSound size={18} /> : <IconMute size={18} />}
            rightSection={<span className={classes.state}>{sound ? t('header.on') : t('header.off')}</span>}
          >
            {t('header.sound')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHelp size={18} />} closeMenuOnClick onClick={onHelp}>
            {t('header.shortcuts')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconOut size={18} />}
            closeMenuOnClick
            data-testid="sign-out"
            onClick={() => void signOut().catch((error: unknown) => tellFailure(error, t))}
          >
            {t('header.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
