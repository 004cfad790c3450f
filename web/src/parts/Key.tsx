import type { ReactNode } from 'react';

export const Key = ({ children }: { children: ReactNode }) => <kbd className="key">{children}</kbd>;

export const modKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
