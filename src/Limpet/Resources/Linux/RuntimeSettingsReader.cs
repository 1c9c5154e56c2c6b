using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Limpet.Resources.Linux;

/// <summary>What the environment of a program and its <c>.runtimeconfig.json</c> tell the runtime about its collector and its compiler. Nothing else of them is kept.</summary>
internal static class RuntimeSettingsReader
{
    private static readonly string[] Prefixes = ["DOTNET_", "COMPlus_"];
    private static readonly string[] Variables = ["GC", "Tiered", "TC_", "ReadyToRun"];
    private static readonly string[] Properties = ["System.GC.", "System.Runtime.Tiered"];

    public static RuntimeSettings? Of(DotNetProcess process)
    {
        using ProcFile environment = ProcFile.Read($"/proc/{process.Pid}/environ");
        if (environment.Status != ReadStatus.Ok)
        {
            return null;
        }

        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string entry in Encoding.UTF8.GetString(environment.Bytes).Split('\0'))
        {
            int end = entry.IndexOf('=', StringComparison.Ordinal);
            if (end > 0 && IsVariable(entry[..end]))
            {
                settings[entry[..end]] = entry[(end + 1)..];
            }
        }

        (string Name, string Value)[]? configured = Configured(process);
        foreach ((string name, string value) in configured ?? [])
        {
            settings[name] = value;
        }

        return new RuntimeSettings(settings.ToImmutable(), configured is not null);
    }

    private static bool IsVariable(string name) =>
        Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
        && Variables.Any(begin => name.AsSpan(prefix.Length).StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the configuration says; null where it is not to be read, as that of a single-file program, which carries it inside.</summary>
    private static (string Name, string Value)[]? Configured(DotNetProcess process)
    {
        string? program = ProgramName.AssemblyOf(process.Executable, process.CommandLine) is { } assembly ? assembly[..^".dll".Length] : process.Executable;
        int stated = process.CommandLine.IndexOf("--runtimeconfig");
        string? file = stated >= 0 && stated + 1 < process.CommandLine.Length ? process.CommandLine[stated + 1] : program is null ? null : program + ".runtimeconfig.json";
        if (file is null)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes($"/proc/{process.Pid}/{(file[0] == '/' ? "root" : "cwd/")}{file}"));
            return !document.RootElement.GetProperty("runtimeOptions").TryGetProperty("configProperties", out JsonElement properties) ? [] :
            [
                .. properties.EnumerateObject()
                    .Where(property => Properties.Any(begin => property.Name.StartsWith(begin, StringComparison.Ordinal)))
                    .Select(property => (property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText())),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // a fact less, which its absence says
        }
    }
}
