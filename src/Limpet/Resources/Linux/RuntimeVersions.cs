namespace Limpet.Resources.Linux;

/// <summary>The version of a mapped runtime.</summary>
internal static class RuntimeVersions
{
    private const string Framework = "Microsoft.NETCore.App";

    /// <summary>
    /// From the path of a shared runtime (<c>…/Microsoft.NETCore.App/10.0.12/libcoreclr.so</c>), or from the configuration file that lies
    /// beside the runtime of a self-contained program; null when neither shows it.
    /// </summary>
    public static string? Of(string runtimePath, string program)
    {
        string folder = Path.GetDirectoryName(runtimePath)!;
        if (Path.GetFileName(Path.GetDirectoryName(folder)) == Framework)
        {
            return Path.GetFileName(folder);
        }

        return RuntimeConfiguration.Ask(Path.Combine(folder, program + ".runtimeconfig.json"), options => options.GetProperty("includedFrameworks").EnumerateArray()
            .Where(framework => framework.GetProperty("name").GetString() == Framework)
            .Select(framework => framework.GetProperty("version").GetString())
            .FirstOrDefault());
    }
}
