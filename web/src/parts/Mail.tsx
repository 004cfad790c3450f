import { Fragment } from 'react';

/** An address that may break after @ and after dots, nowhere else. */
export function Mail({ address }: { address: string }) {
  const pieces = address.split(/(?<=[@.])/);
  return (
    <bdi dir="ltr">
      {pieces.map((piece, n) => (
        <Fragment key={n}>
          {n > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </bdi>
  );
}
