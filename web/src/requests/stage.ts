import type { ReactNode } from 'react';
import type { Request } from './queries';

/** What every stage gets: the request, and the head of its page as children. */
export interface StageProps {
  request: Request;
  works: boolean;
  children: ReactNode;
}
