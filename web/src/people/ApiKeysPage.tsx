import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { useTitle } from '../parts/title';
import { time } from '../words/format';
import { t } from '../words/words';
import { ApiKeyDialog } from './ApiKeyDialog';
import { ArchiveDialog } from './ArchiveDialog';
import { apiKeysQuery } from './queries';

type ApiKey = Schemas['ApiKey'];

export default function ApiKeysPage() {
  useTitle(t('settings.api_keys'));
  const queries = useQueryClient();
  const owner = useSession().agent.role === 'owner';
  const { data, error } = useQuery(apiKeysQuery);
  const [making, setMaking] = useState(false);
  const [archiving, setArchiving] = useState<ApiKey | null>(null);
  return (
    <div className="sheet wide">
      <div className="block-head">
        <h2>{t('settings.api_keys')}</h2>
        {owner && (
          <Button
            className="end"
            variant="primary"
            leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
            onClick={() => setMaking(true)}
          >
            {t('settings.keys_page.add')}
          </Button>
        )}
      </div>
      <p className="lead">{t('settings.keys_page.lead')}</p>
      <Bad error={error} title={t('problem.load_title')} />
      {data?.length === 0 && (
        <p className="dim">
          {t('settings.keys_page.none_title')}. {t('settings.keys_page.none')}
        </p>
      )}
      {data && data.length > 0 && (
        <Table apiKeys={data} onArchive={owner ? setArchiving : undefined} />
      )}
      {making && <ApiKeyDialog onClose={() => setMaking(false)} />}
      {archiving && (
        <ArchiveDialog
          title={t('settings.keys_page.archive_title', { name: archiving.name })}
          lead={t('settings.keys_page.archive_lead')}
          keep={t('settings.keys_page.archive_keep')}
          go={t('settings.keys_page.archive_go')}
          busy={t('settings.keys_page.archiving')}
          onClose={() => setArchiving(null)}
          send={() =>
            body(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: archiving.id } } }))
          }
          onDone={() => queries.invalidateQueries({ queryKey: keys.apiKeys })}
        />
      )}
    </div>
  );
}

function Table({ apiKeys, onArchive }: { apiKeys: ApiKey[]; onArchive?: (key: ApiKey) => void }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('settings.keys_page.name')}</th>
          <th>{t('settings.keys_page.scopes')}</th>
          <th>{t('settings.keys_page.made_by')}</th>
          <th>{t('settings.keys_page.used')}</th>
          {onArchive && (
            <th>
              <span className="vh">{t('more')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {apiKeys.map((key) => (
          <tr key={key.id}>
            <td>
              <bdi>{key.name}</bdi>
              {key.archived_at && (
                <>
                  <br />
                  <small>
                    {t('settings.keys_page.archived_on', { time: time(key.archived_at) })}
                  </small>
                </>
              )}
            </td>
            <td data-l={t('settings.keys_page.scopes')}>
              {key.scopes.map((scope) => t(`settings.keys_page.scope.${scope}`)).join(', ')}
            </td>
            <td data-l={t('settings.keys_page.made_by')}>
              <bdi>{key.created_by?.name ?? t('somebody')}</bdi>
              <br />
              <small>{time(key.created_at)}</small>
            </td>
            <td data-l={t('settings.keys_page.used')}>
              {key.last_used_at ? time(key.last_used_at) : t('settings.keys_page.never')}
            </td>
            {onArchive && (
              <td className="nowrap">
                {!key.archived_at && (
                  <Button size="xs" variant="quiet" onClick={() => onArchive(key)}>
                    {t('settings.keys_page.archive')}
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
