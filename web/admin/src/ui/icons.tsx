// The panel's icons, drawn here on a 24-unit grid with one line width. They decorate: the words
// beside them (or the control's label) carry the meaning, so all are hidden from screen readers.

import type { ReactNode } from 'react';

export function icon(...shapes: ReactNode[]) {
  return function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {shapes.map((shape, index) => (
          <g key={index}>{shape}</g>
        ))}
      </svg>
    );
  };
}

const p = (d: string) => <path d={d} />;

export const IconInbox = icon(p('M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 13.5z'), p('M8 8.5h8M8 11.5h5'));
export const IconCalendar = icon(<rect x="4" y="5.5" width="16" height="14.5" rx="2.5" />, p('M4 10h16M8.5 3.5v4M15.5 3.5v4'));
export const IconLead = icon(<circle cx="10" cy="8" r="3.5" />, p('M3.5 20c.4-3.6 3-5.5 6.5-5.5 1.3 0 2.5.3 3.5.8M15 18.5l2 2 4-4.5'));
export const IconBook = icon(p('M12 6.5C10 5 7.5 4.5 4 4.5v13.5c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V4.5c-3.5 0-6 .5-8 2zM12 6.5V20'));
export const IconCode = icon(p('M8 8l-4 4 4 4M16 8l4 4-4 4M13.5 5.5l-3 13'));
export const IconSun = icon(<circle cx="12" cy="12" r="4" />, p('M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1'));
export const IconMoon = icon(p('M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z'));
export const IconAuto = icon(<circle cx="12" cy="12" r="8.5" />, <path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" stroke="none" />);
export const IconHelp = icon(<circle cx="12" cy="12" r="8.5" />, p('M9.6 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2 1-1.2 1.8M12 16.5v.01'));
export const IconUser = icon(<circle cx="12" cy="8.5" r="3.5" />, p('M5 20c.5-3.7 3.3-5.5 7-5.5s6.5 1.8 7 5.5'));
export const IconOut = icon(p('M14 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h7M10 12h10M16.5 8.5L20 12l-3.5 3.5'));
export const IconSound = icon(p('M5 9.5v5h3.5l4.5 4v-13l-4.5 4zM16.5 9.5a3.5 3.5 0 0 1 0 5M19 7a7 7 0 0 1 0 10'));
export const IconMute = icon(p('M5 9.5v5h3.5l4.5 4v-13l-4.5 4zM17 10l4 4M21 10l-4 4'));
export const IconSend = icon(p('M5 12h13M12.5 6l6 6-6 6'));
export const IconBack = icon(p('M14.5 5.5L8 12l6.5 6.5'));
export const IconForward = icon(p('M9.5 5.5L16 12l-6.5 6.5'));
export const IconDown = icon(p('M5.5 9.5L12 16l6.5-6.5'));
export const IconCheck = icon(p('M5 12.5l4.5 4.5L19 7.5'));
export const IconClock = icon(<circle cx="12" cy="12" r="8.5" />, p('M12 7.5V12l3 2'));
export const IconAlert = icon(p('M12 4L3.5 19h17zM12 10v4M12 16.5v.01'));
export const IconPhone = icon(p('M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2 2C10.8 19.5 4.5 13.2 4.5 6a2 2 0 0 1 2-2z'));
export const IconMail = icon(<rect x="3.5" y="5.5" width="17" height="13" rx="2.5" />, p('M4.5 7.5L12 13l7.5-5.5'));
export const IconShield = icon(p('M12 3.5l7 2.5v5.5c0 4.3-2.8 7.3-7 9-4.2-1.7-7-4.7-7-9V6zM9 12l2.2 2.2L15 10'));
export const IconPlus = icon(p('M12 5v14M5 12h14'));
export const IconSearch = icon(<circle cx="10.5" cy="10.5" r="6" />, p('M15 15l5 5'));
export const IconTrash = icon(p('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5'));
export const IconCopy = icon(<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5" />, p('M15.5 8.5v-2A2.5 2.5 0 0 0 13 4H6.5A2.5 2.5 0 0 0 4 6.5V13a2.5 2.5 0 0 0 2.5 2.5h2'));
export const IconSpark = icon(p('M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8zM18.5 16.5v4M16.5 18.5h4'));
export const IconQuote = icon(p('M7 4.5h7l4.5 4.5v8a2.5 2.5 0 0 1-2.5 2.5H7A2.5 2.5 0 0 1 4.5 17V7A2.5 2.5 0 0 1 7 4.5zM14 4.5V9h4.5M8 12.5h7M8 15.5h5'));
export const IconMore = icon(p('M12 5.5v.01M12 12v.01M12 18.5v.01'));
