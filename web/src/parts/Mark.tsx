/** The torn-edge receipt: our logo. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path
      d="M5 2h14a1 1 0 0 1 1 1v18l-2.7-2-2.6 2-2.7-2-2.7 2-2.6-2L4 21V3a1 1 0 0 1 1-1z"
      fill="var(--ink-solid)"
    />
    <path
      d="M8.2 10.6l2.6 2.6 5-5.2"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** The same, blank: for an inbox in which nothing waits. */
export const BlankReceipt = () => (
  <svg width="72" height="72" viewBox="0 0 72 72" aria-hidden="true">
    <path
      d="M18 8h36a3 3 0 0 1 3 3v53l-7-5-7 5-7-5-7 5-7-5-7 5V11a3 3 0 0 1 3-3z"
      fill="var(--surface)"
      stroke="var(--line-2)"
      strokeWidth="2"
    />
    <path
      d="M27 33l7 7 13-14"
      fill="none"
      stroke="var(--ok)"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
