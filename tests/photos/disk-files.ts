import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PhotoFiles } from '#src/photos/original.ts';

let count = 0;

/** The simplest files on disk that will do. */
export function diskFiles(root: string): PhotoFiles {
  const place = async (name: string) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    return join(root, name);
  };
  return {
    async write(name, content) {
      const path = await place(name);
      const temporary = `${path}.${++count}`;
      await writeFile(temporary, content);
      await rename(temporary, path);
    },
    read: (name) => readFile(join(root, name)).catch(() => null),
    info: (name) =>
      stat(join(root, name)).then(
        ({ size }) => ({ bytes: size }),
        () => null,
      ),
    localPath: place,
  };
}
