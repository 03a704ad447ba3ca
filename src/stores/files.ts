/** Files that readers fetch, and originals: on disk, later in S3. Names are relative, `/`-separated, ASCII. */
import type { Readable } from 'node:stream';

export interface FileInfo {
  bytes: number;
  modifiedAt: number;
}

export interface FileStore {
  /** Whole or not at all: temporary file in the same folder, fsync, rename, fsync of the folder. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  read(name: string): Promise<Buffer | null>;
  open(name: string): Promise<{ info: FileInfo; stream: Readable } | null>;
  info(name: string): Promise<FileInfo | null>;
  list(folder: string): Promise<string[]>;
  remove(name: string): Promise<void>;
  /** A path on this machine for `name`, for the photo children; the folder above it exists. */
  localPath(name: string): Promise<string>;
}
