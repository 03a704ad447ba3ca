import { Readable } from 'node:stream';
import type { FileStore } from '#src/stores/files.ts';

/** A file store in memory that counts what is asked of it. */
export function memoryFiles() {
  const contents = new Map<string, Buffer>();
  const calls: { call: 'read' | 'write' | 'remove'; name: string }[] = [];
  const info = (name: string) => {
    const content = contents.get(name);
    return content ? { bytes: content.length, modifiedAt: 0 } : null;
  };
  const files: FileStore = {
    async write(name, content) {
      calls.push({ call: 'write', name });
      contents.set(name, Buffer.from(content));
    },
    async read(name) {
      calls.push({ call: 'read', name });
      return contents.get(name) ?? null;
    },
    async open(name) {
      calls.push({ call: 'read', name });
      const found = info(name);
      return found && { info: found, stream: Readable.from([contents.get(name)!]) };
    },
    info: async (name) => info(name),
    list: async (folder) => [...contents.keys()].filter((name) => name.startsWith(`${folder}/`)),
    async remove(name) {
      calls.push({ call: 'remove', name });
      contents.delete(name);
    },
    localPath: async (name) => name,
  };
  return { files, contents, calls };
}
