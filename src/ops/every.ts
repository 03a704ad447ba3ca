/** Does `work` every `ms`, never beside itself: what is slow just now is not asked by more and more. Gives its end. */
export function every(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void): () => void {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    await work().catch(onError);
    isBusy = false;
  }, ms);
  return () => clearInterval(timer);
}
