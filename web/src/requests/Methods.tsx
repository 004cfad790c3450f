import { t } from '../words/words';
import type { Schemas } from '../api/client';

export type AgentMethod = Schemas['AgentMethod'];
const methods: AgentMethod[] = ['known_to_agent', 'document', 'representative'];

interface Props {
  label: string;
  value: AgentMethod;
  set: (method: AgentMethod) => void;
}

/** How an agent knows what they put their name under. */
export function Methods({ label, value, set }: Props) {
  return (
    <fieldset className="decisions">
      <legend className="legend">{label}</legend>
      {methods.map((method) => (
        <label key={method}>
          <input
            type="radio"
            name="method"
            checked={method === value}
            onChange={() => set(method)}
          />
          {t(`request.proof.methods.${method}`)}
        </label>
      ))}
    </fieldset>
  );
}
