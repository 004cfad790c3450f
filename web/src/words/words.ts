import i18next from 'i18next';
import { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: typeof en };
  }
}

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  ns: ['words'],
  defaultNS: 'words',
  resources: { en: { words: en } },
  initAsync: false,
  // React writes text, never HTML.
  interpolation: { escapeValue: false },
});

/** Sentences by key; whole ones, with named gaps. */
export const t = i18next.t;

export const language = () => i18next.language;
