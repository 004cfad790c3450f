import { useEffect, useState, type ChangeEvent } from 'react';

type Field = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;

/** The values of a form. `text('name')` binds a text field. */
export function useFields<T extends Record<string, unknown>>(start: T) {
  const [values, setValues] = useState(start);
  const set = (change: Partial<T>) => setValues((at) => ({ ...at, ...change }));
  const text = (name: keyof T & string) => ({
    name,
    value: (values[name] ?? '') as string,
    onChange: ({ currentTarget: { value } }: Field) => set({ [name]: value } as Partial<T>),
  });
  return { values, set, setValues, text };
}

/** When an answer says that fields are wrong, the first of them gets the focus. */
export function useFirstWrong(error: unknown) {
  useEffect(() => {
    if (error) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
}
