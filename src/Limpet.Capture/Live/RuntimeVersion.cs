using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Which runtime a process runs, as far as its files tell.</summary>
internal static partial class RuntimeVersion
{
    /// <summary>Whether it lays its data out as .NET 8 did; since .NET 9 they lie where they lie today.</summary>
    public static bool IsNet8(ClrInfo info) => Describe(info).StartsWith(".NET 8.", StringComparison.Ordinal);

    public static string Describe(ClrInfo info)
    {
        string path = info.ModuleInfo.FileName ?? "";
        Match shared = SharedFramework().Match(path);
        string? version = shared.Success ? shared.Groups[1].Value : SelfContained(Path.GetDirectoryName(path));
        return version is not null ? $".NET {version}" : $".NET {info.Version}";
    }

    /// <summary>A self-contained program says in its configuration which framework it carries.</summary>
    private static string? SelfContained(string? folder)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*.runtimeconfig.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.TryGetProperty("runtimeOptions", out JsonElement options)
                && options.TryGetProperty("includedFrameworks", out JsonElement frameworks))
            {
                return frameworks.EnumerateArray()
                    .Where(framework => framework.GetProperty("name").GetString() == "Microsoft.NETCore.App")
                    .Select(framework => framework.GetProperty("version").GetString())
                    .FirstOrDefault();
            }
        }

        return null;
    }

    [GeneratedRegex(@"[/\\]Microsoft\.NETCore\.App[/\\]([^/\\]+)[/\\]")]
    private static partial Regex SharedFramework();
}
