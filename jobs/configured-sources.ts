import type { ConfiguredSource } from '#jobs/deps.ts';
import type { Profile } from '#src/core/profile.ts';
import type { Settings } from '#src/core/settings.ts';
import { sources } from '#src/sources/registry.ts';

/** The settings' sources by id, each with its kind and profile. */
export function configuredSources(
  { sources: configured, site }: Pick<Settings, 'sources' | 'site'>,
  loadProfile: (name: string, siteLanguage: string, options: { kind: string }) => Profile,
): Map<string, ConfiguredSource> {
  // Many sources share few profiles.
  const profiles = new Map<string, Profile>();
  const profileOf = ({ profile, kind }: { profile: string; kind: string }): Profile => {
    const key = JSON.stringify([profile, kind]);
    const known = profiles.get(key) ?? loadProfile(profile, site.language, { kind });
    profiles.set(key, known);
    return known;
  };
  const kinds = new Map(sources.map((source) => [source.kind, source]));
  return new Map(
    configured.map((settings) => [
      settings.id,
      {
        settings,
        source: kinds.get(settings.kind)!,
        profile: profileOf(settings),
        folder: (settings.settings as { path?: string }).path ?? null,
      },
    ]),
  );
}
