import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { t } from '../words/words';

interface Props {
  names: string[];
  set?: (names: string[]) => void;
}

/** The systems in which somebody looked; the letter lists them. */
export function Systems({ names, set }: Props) {
  const [name, setName] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    const trimmed = name.trim();
    if (trimmed && !names.includes(trimmed)) set?.([...names, trimmed]);
    setName('');
    field.current?.focus();
  };
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.process.title')}</h2>
      </div>
      <p className="dim measure systems-help">{t('request.process.help')}</p>
      {names.length > 0 && (
        <ul className="systems">
          {names.map((at) => (
            <li className="chip" key={at}>
              <bdi className="cut">{at}</bdi>
              {set && (
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={t('request.process.remove', { system: at })}
                  onClick={() => set(names.filter((other) => other !== at))}
                >
                  <IconX size={13} stroke={2} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {set ? (
        <form
          className="add-line"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextInput
            ref={field}
            aria-label={t('request.process.add_system')}
            placeholder={t('request.process.system_example')}
            dir="auto"
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button type="submit">{t('add')}</Button>
        </form>
      ) : (
        names.length === 0 && <p className="dim">{t('request.process.no_systems')}</p>
      )}
    </section>
  );
}
