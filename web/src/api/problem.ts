import type { Schemas } from './client';

type Wrong = NonNullable<Schemas['Problem']['errors']>[number];

/** Bad news from the server (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: Wrong[] = [],
    readonly reference?: string,
    readonly retryAfter?: number,
  ) {
    super(detail || code);
  }

  static unreachable() {
    return new Problem(0, 'unreachable', '');
  }

  static from(response: Response, content: unknown) {
    const problem = (content ?? {}) as Partial<Schemas['Problem']>;
    const seconds = Number(response.headers.get('Retry-After')) || undefined;
    return new Problem(
      response.status,
      problem.code ?? `http_${response.status}`,
      problem.detail ?? '',
      problem.errors ?? [],
      problem.reference,
      seconds,
    );
  }

  /** What is wrong with the field at this JSON pointer. */
  at(pointer: string): string | undefined {
    return this.errors.find(({ at }) => at === pointer)?.detail;
  }

  /** What is wrong with fields that the form does not show. */
  besides(pointers: readonly string[]): string[] {
    return this.errors.filter(({ at }) => !pointers.includes(at)).map(({ detail }) => detail);
  }
}

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
