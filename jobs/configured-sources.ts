import type { ConfiguredSource } from '#jobs/deps.ts';
import type { Profile } from '#src/core/profile.ts';
import type { Settings } from '#src/core/settings.ts';
import { sources } from '#src/sources/registry.ts';

/** The settings' sources by id, each with its kind and profile. */
export function configuredSources(
  { sources: configured, site }: Pick<Settings, 'sources' | 'site'>,
  loadProfile: (name: string, siteLanguage: string, options: { kind: string }) => Profile,
): Map<string, ConfiguredSource> {
  const kinds = new Map(sources.map((source) => [source.kind, source]));
  return new Map(
    configured.map((settings) => [
      settings.id,
      {
        settings,
        source: kinds.get(settings.kind)!,
        profile: loadProfile(settings.profile, site.language, { kind: settings.kind }),
        folder: (settings.settings as { path?: string }).path ?? null,
      },
    ]),
  );
}
