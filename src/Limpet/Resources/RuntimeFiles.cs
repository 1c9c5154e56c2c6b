namespace Limpet.Resources;

/// <summary>Files that the runtime opens and maps when code is used for the first time, and keeps: no leak of the program's.</summary>
internal static class RuntimeFiles
{
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } folder ? folder + Path.DirectorySeparatorChar : "";

    public static bool IsByRuntime(string path, ResourceSnapshot loaded) =>
        loaded.LoadedFiles.Contains(path) || (Runtime.Length > 0 && path.StartsWith(Runtime, StringComparison.Ordinal));
}
