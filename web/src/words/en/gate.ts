/** Before the door: set-up, sign-in, invitation, password. */
export const gate = {
  email: 'E-mail address',
  password: 'Password',
  new_password_label: 'New password',
  name: 'Your name',
  show: 'Show the password',
  rule_met: 'met:',
  rules: {
    length: '12 to 128 characters',
    plain: 'Not one of the most common passwords',
    own: 'Not your name, your address or “Quittance”',
  },
  setup: {
    title: 'Set up Quittance',
    lead:
      'Your company, and you as its owner. It takes a minute; colleagues and mail come afterwards.',
    company: 'Your company',
    company_name: 'Company name',
    company_help: 'As your letters and your privacy page name it.',
    owner: 'The owner: you',
    code: 'Set-up code',
    code_help: 'It was printed when the server started, so that nobody else gets here first.',
    go: 'Set up and sign in',
    going: 'Setting up…',
    done: 'Already set up. Sign in.',
  },
  sign_in: {
    title: 'Sign in',
    lead: 'For the staff who answer privacy requests.',
    go: 'Sign in',
    going: 'Signing in…',
    forgotten: 'Forgotten your password?',
    wrong: 'That address and password do not belong together.',
    not_staff:
      'Do you want to make a privacy request yourself? Use the privacy page of the company.',
  },
  accounts: {
    title: 'Where to?',
    lead: 'You work in several accounts.',
    last: 'You were here last',
    going: 'Opening…',
  },
  forgotten: {
    title: 'Forgotten your password?',
    lead:
      'Write your address. If somebody here signs in with it, a link for a new password is on ' +
      'its way.',
    go: 'Send the link',
    going: 'Sending…',
    sent_title: 'Look into your mailbox',
    sent:
      'If {{address}} signs in here, a link is on its way. It works once and for 30 minutes. ' +
      'If none comes, ask an owner of your account whether mail is set up.',
    back: 'Back to sign in',
  },
  new_password: {
    title: 'Choose a new password',
    lead: 'You are signed out everywhere else.',
    go: 'Save the password',
    going: 'Saving…',
    done_title: 'The password is changed',
    done: 'Sign in with it.',
    bad: 'This link does not work any more. It can be used once and for 30 minutes.',
    again: 'Ask for another link',
    missing: 'The link is not whole. Open it from the mail once more.',
  },
  invitation: {
    title: 'Join {{company}}',
    lead: 'You were invited as {{role}}, with the address {{address}}.',
    known: 'You have a password here already. Sign in with it to accept.',
    newcomer: 'Tell us your name and choose a password.',
    go: 'Accept and sign in',
    going: 'Accepting…',
    bad_title: 'This invitation does not work any more',
    bad:
      'It may have been used, taken back, or be older than seven days. Ask whoever invited you ' +
      'for another one.',
  },
} as const;
