import { IconSearch, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { Key } from '../parts/Key';
import { useKeys } from '../parts/keyboard';
import { t } from '../words/words';
import { search, useSearchText } from './search';

export function SearchBox({ onDown }: { onDown: () => void }) {
  const text = useSearchText();
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.select() });
  return (
    <label className="search">
      <IconSearch size={15} stroke={2} aria-hidden />
      <span className="vh">{t('list.search')}</span>
      <input
        ref={field}
        type="search"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder={t('list.search_short')}
        value={text}
        onChange={(event) => search.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search.now();
          if (event.key === 'ArrowDown') onDown();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (text) search.clear();
          else event.currentTarget.blur();
        }}
      />
      {text ? (
        <button type="button" aria-label={t('list.clear_search')} onClick={() => search.clear()}>
          <IconX size={16} aria-hidden />
        </button>
      ) : (
        <Key>/</Key>
      )}
    </label>
  );
}
