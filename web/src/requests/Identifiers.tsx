import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { Chip } from '../parts/Chip';
import { t } from '../words/words';
import { IdentifierDialog } from './IdentifierDialog';
import type { Request } from './queries';

/** What else the requester is known by, each with who vouches for it. */
export function Identifiers({ request, works }: { request: Request; works: boolean }) {
  const [adding, setAdding] = useState(false);
  const open = request.stage !== 'closed';
  if (!open && request.identifiers.length === 0) return null;
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.identifiers.title')}</h2>
        {works && open && (
          <Button
            className="end"
            size="xs"
            variant="quiet"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('request.identifiers.add')}
          </Button>
        )}
      </div>
      {request.identifiers.length === 0 ? (
        <p className="dim measure">{t('request.identifiers.none')}</p>
      ) : (
        <dl className="facts">
          {request.identifiers.map((identifier) => (
            <Identifier key={identifier.id} of={identifier} />
          ))}
        </dl>
      )}
      {adding && <IdentifierDialog request={request} onClose={() => setAdding(false)} />}
    </section>
  );
}

function Identifier({ of }: { of: Schemas['Identifier'] }) {
  const word =
    of.proof === 'attested'
      ? t('request.identifiers.attested', { name: of.agent?.name ?? t('somebody') })
      : t(`request.identifiers.${of.proof}`);
  return (
    <>
      <dt>{t(`request.identifiers.kinds.${of.kind}`)}</dt>
      <dd>
        <bdi
          dir={of.kind === 'other' ? 'auto' : 'ltr'}
          className={of.kind === 'email' ? '' : 'mono'}
        >
          {of.value}
        </bdi>
        <Chip tone={of.proof === 'proven' ? 'ok' : 'plain'}>{word}</Chip>
        {of.reason && (
          <small dir="auto" className="pre">
            {of.reason}
          </small>
        )}
      </dd>
    </>
  );
}
