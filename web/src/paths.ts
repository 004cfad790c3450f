/** The pages of the settings, below theirs. */
export const below = {
  company: '/company',
  mail: '/mail',
  people: '/people',
  apiKeys: '/api-keys',
  me: '/me',
} as const;

/** Every address of the UI, below /app. */
export const paths = {
  home: '/',
  requests: '/requests',
  request: '/requests/$id',
  templates: '/templates',
  template: '/templates/$id',
  settings: '/settings',
  company: '/settings/company',
  mail: '/settings/mail',
  people: '/settings/people',
  apiKeys: '/settings/api-keys',
  me: '/settings/me',
  setup: '/setup',
  signIn: '/sign-in',
  accounts: '/accounts',
  forgotten: '/forgotten-password',
  newPassword: '/new-password',
  invitation: '/invitation',
} as const;
