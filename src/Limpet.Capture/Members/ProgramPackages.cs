using System.Text.Json;

namespace Limpet.Capture.Members;

/// <summary>
/// The assemblies that a program has from packages and not from its own projects: the SDK writes them into <c>PROGRAM.deps.json</c> beside the
/// program. Without that file, or where it is not to be read, nothing is known to come from a package.
/// </summary>
internal sealed class ProgramPackages
{
    private const long LargestFile = 64 << 20;
    private readonly HashSet<string> files;

    private ProgramPackages(HashSet<string> files) => this.files = files;

    /// <summary>Reads the files that lie beside the modules of a process, in its own view of the file system; for a dump, which has no process, those that lie there now.</summary>
    /// <param name="pid">The process; null for a dump.</param>
    /// <param name="modules">The paths of its modules.</param>
    public static ProgramPackages Of(int? pid, IEnumerable<string> modules)
    {
        string root = pid is null ? "" : $"/proc/{pid}/root";
        HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
        foreach (string path in modules.Where(name => name is ['/', ..] && !name.Contains('\0', StringComparison.Ordinal)))
        {
            FileInfo file = new($"{root}{Path.ChangeExtension(path, ".deps.json")}");
            if (file.Exists && file.Length <= LargestFile)
            {
                files.UnionWith(Read(file.FullName));
            }
        }

        return new ProgramPackages(files);
    }

    /// <summary>Whether a module, by the name of its file, comes from a package.</summary>
    public bool Has(string module) => files.Contains(module);

    /// <summary>The names of the assemblies' files that a <c>.deps.json</c> lists for libraries of the type <c>package</c>.</summary>
    public static IReadOnlyCollection<string> Read(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument document = JsonDocument.Parse(stream);
            return [.. Assemblies(document.RootElement)];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // It helps to choose a name among several right ones, and decides nothing else.
            return [];
        }
    }

    private static IEnumerable<string> Assemblies(JsonElement root)
    {
        if (!root.TryGetProperty("libraries", out JsonElement libraries) || !root.TryGetProperty("targets", out JsonElement targets))
        {
            return [];
        }

        HashSet<string> packages =
        [
            .. libraries.EnumerateObject()
                .Where(library => library.Value.TryGetProperty("type", out JsonElement type) && type.GetString() == "package")
                .Select(library => library.Name),
        ];
        return targets.EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => packages.Contains(library.Name) && library.Value.TryGetProperty("runtime", out _))
            .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject())
            .Select(assembly => Path.GetFileName(assembly.Name));
    }
}
