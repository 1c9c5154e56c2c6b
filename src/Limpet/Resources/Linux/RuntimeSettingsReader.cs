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
    private static (string Name, string Value)[]? Configured(DotNetProcess process) => FileOf(process) is not { } file ? null
        : RuntimeConfiguration.Ask<(string, string)[]>($"/proc/{process.Pid}/{(file[0] == '/' ? "root" : "cwd/")}{file}", options => !options.TryGetProperty("configProperties", out JsonElement properties) ? [] :
        [
            .. properties.EnumerateObject()
                .Where(property => Properties.Any(begin => property.Name.StartsWith(begin, StringComparison.Ordinal)))
                .Select(property => (property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText())),
        ]);

    /// <summary>The configuration that the host was told, or else the one beside the program; null where neither is known.</summary>
    private static string? FileOf(DotNetProcess process)
    {
        if (ProgramName.AssemblyOf(process.Executable, process.CommandLine) is not { } assembly)
        {
            return process.Executable is { } program ? program + ".runtimeconfig.json" : null;
        }

        // Behind the assembly stand the words of the program.
        int stated = process.CommandLine.IndexOf("--runtimeconfig");
        return stated >= 0 && stated < process.CommandLine.IndexOf(assembly) - 1 ? process.CommandLine[stated + 1] : assembly[..^".dll".Length] + ".runtimeconfig.json";
    }
}
