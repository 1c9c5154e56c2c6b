namespace Limpet.TestTargets.Reported;

/// <summary>Leaks that were reported to public projects, by name; each leaky, or mended by the switch <c>--mended</c>.</summary>
internal static class ReportedTargets
{
    public const string MendedSwitch = "--mended";

    public static Dictionary<string, Func<bool, ReportedTarget>> All { get; } = new(StringComparer.Ordinal)
    {
        ["reported-app-domain"] = static mended => new AppDomainEvents(mended),
        ["reported-emitted-types"] = static mended => new EmittedTypes(mended),
        ["reported-linked-deadlines"] = static mended => new LinkedDeadlines(mended),
        ["reported-meters"] = static mended => new RequestMeters(mended),
        ["reported-options-changes"] = static mended => new OptionsChanges(mended),
        ["reported-plugin-json"] = static mended => new PluginJson(mended),
        ["reported-reset-event"] = static mended => new ResetEventWaits(mended),
        ["reported-response-heads"] = static mended => new ResponseHeads(mended),
        ["reported-root-transients"] = static mended => new RootTransients(mended),
        ["reported-telemetry-timers"] = static mended => new TelemetryTimers(mended),
    };
}
