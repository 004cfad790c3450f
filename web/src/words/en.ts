import { gate } from './en/gate';
import { history } from './en/history';
import { list } from './en/list';
import { reply } from './en/reply';
import { request } from './en/request';
import { settings } from './en/settings';
import { shared } from './en/shared';
import { templates } from './en/templates';

/** Every sentence of the UI in English. Keys are typed from here. */
export const en = {
  ...shared,
  gate,
  history,
  list,
  reply,
  request,
  settings,
  templates,
} as const;
