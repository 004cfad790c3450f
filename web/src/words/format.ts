import { language, t } from './words';

// Days are dates of the account's calendar and travel as "2026-11-24"; times are moments and are
// shown in the time zone of whoever reads.

const locale = () => (language() === 'en' ? 'en-GB' : language());

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify(options);
  let format = made.get(key);
  if (!format) made.set(key, (format = new Intl.DateTimeFormat(locale(), options)));
  return format;
}

const thisYear = () => new Date().getFullYear();

/** "24 Oct", with the year when it is not this one. */
export function day(on: string): string {
  const date = new Date(`${on}T00:00:00Z`);
  const year = date.getUTCFullYear() === thisYear() ? undefined : 'numeric';
  return formatter({ day: 'numeric', month: 'short', year, timeZone: 'UTC' }).format(date);
}

export function dayWithYear(on: string): string {
  return formatter({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${on}T00:00:00Z`),
  );
}

const clock = (date: Date, seconds: boolean) =>
  formatter({
    hour: '2-digit',
    minute: '2-digit',
    second: seconds ? '2-digit' : undefined,
    hourCycle: 'h23',
  }).format(date);

/** "14:02" today, "23 Nov, 14:02" on another day. */
export function time(at: string | number, seconds = false): string {
  const date = new Date(at);
  if (date.toDateString() === new Date().toDateString()) return clock(date, seconds);
  const year = date.getFullYear() === thisYear() ? undefined : 'numeric';
  const on = formatter({ day: 'numeric', month: 'short', year }).format(date);
  return t('when.on_at', { day: on, time: clock(date, seconds) });
}

/** "14:02" today, else only the day: where there is little room. */
export function brief(at: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock(date, false) : formatter({ day: 'numeric', month: 'short' }).format(date);
}

/** Day and time to the second, whenever it was: for the history. */
export function moment(at: string): string {
  const date = new Date(at);
  const year = date.getFullYear() === thisYear() ? undefined : 'numeric';
  const on = formatter({ day: 'numeric', month: 'short', year }).format(date);
  return t('when.on_at', { day: on, time: clock(date, true) });
}

export const number = (value: number) => new Intl.NumberFormat(locale()).format(value);

/** Today in the account's calendar, as "2026-11-24". */
export function today(zone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5);
}

let names: Intl.DisplayNames | undefined;
/** "Germany" for "DE". */
export function country(code: string): string {
  names ??= new Intl.DisplayNames([language()], { type: 'region' });
  return names.of(code) ?? code;
}

let tongues: Intl.DisplayNames | undefined;
export function tongue(code: string): string {
  tongues ??= new Intl.DisplayNames([language()], { type: 'language' });
  try {
    return tongues.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "a, b and c" */
export const listed = (words: string[]) =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
