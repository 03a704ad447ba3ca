/** Raise it whenever the same original would come out differently: it is part of every photo's address. */
export const pipelineVersion = 2;
