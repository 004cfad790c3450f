import { useEffect } from 'react';
import { t } from '../words/words';

export function useTitle(page: string, whole = false) {
  useEffect(() => {
    document.title = whole ? page : t('title', { page });
  }, [page, whole]);
}
