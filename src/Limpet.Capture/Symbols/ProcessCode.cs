using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Capture.Symbols;

/// <summary>
/// The code of a running process, read from the files of its modules: metadata, instructions and portable PDBs. Files are opened when
/// something is asked about them, and once. Only modules that are not the framework's are searched, for two seconds a question at most
/// and ten in all. Whatever cannot be read is not known.
/// </summary>
public sealed class ProcessCode : ICodeFacts, IDisposable
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(10);
    private static readonly string[] FrameworkNames = ["System.", "Microsoft.", "mscorlib.", "netstandard.", "WindowsBase."];
    private readonly int pid;
    private readonly Dictionary<string, string> files;
    private readonly Dictionary<string, ModuleCode?> modules = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Question, string Type, string Member, int Token), ImmutableArray<CodeUse>> answers = [];
    private TimeSpan searched;

    private ProcessCode(int pid, Dictionary<string, string> files)
    {
        this.pid = pid;
        this.files = files;
    }

    /// <summary>Looks at which modules a process has. Nothing is opened yet.</summary>
    public static ProcessCode Of(int pid) => new(pid, ModuleFiles.Of(pid));

    /// <summary>The code of files, whether a process runs it or not.</summary>
    internal static ProcessCode OfFiles(params string[] paths) => OfFiles(paths.ToDictionary(path => path, StringComparer.Ordinal));

    /// <summary>The code of files: the path by which methods name them → path to open.</summary>
    internal static ProcessCode OfFiles(Dictionary<string, string> files) => new(0, files);

    /// <inheritdoc />
    public SourceLine? LineOf(MethodName method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Source ?? LineAt(method, null);
    }

    /// <summary>The line of the statement that an instruction of a method belongs to; its first line when that is not known.</summary>
    /// <param name="method">The method, with its module and token.</param>
    /// <param name="offset">Offset in its intermediate language.</param>
    public SourceLine? LineAt(MethodName method, int? offset)
    {
        ArgumentNullException.ThrowIfNull(method);
        string key = FrameworkTypes.DefinitionOf(method.Type);
        return UnreadableFile.OrNull(() =>
        {
            foreach (ModuleCode module in method.Module is { } path ? Opened(path) : UserModules())
            {
                if (module.Find(key, method.Name, method.Module is null ? 0 : method.Token) is { } found)
                {
                    return offset is { } at ? module.LineAt(found, at) : module.FirstLine(found);
                }
            }

            return null;
        });
    }

    /// <inheritdoc />
    public ImmutableArray<CodeUse> UsesOfDelegate(MethodName method)
    {
        ArgumentNullException.ThrowIfNull(method);
        string key = FrameworkTypes.DefinitionOf(method.Type);
        return Answer(("delegate", key, method.Name, method.Token), isOver =>
            UserModules().SelectMany(module => new CodeSearch(module, isOver).OfDelegate(key, method.Name, ExactIn(module, method, key))));
    }

    /// <inheritdoc />
    public ImmutableArray<CodeUse> UsesOfField(string type, string field)
    {
        string key = FrameworkTypes.DefinitionOf(type);
        return Answer(("field", key, field, 0), isOver =>
        {
            ModuleCode[] all = [.. UserModules()];
            ModuleCode? own = all.FirstOrDefault(module => module.FieldsOf(key, field).Any());
            string[] getters = own is null ? [] : [.. new CodeSearch(own, isOver).GettersOf(key, field)];
            return all.SelectMany(module => module == own
                ? new CodeSearch(module, isOver).OfField(key, field)
                : new CodeSearch(module, isOver).OfField(key, field).Concat(getters.SelectMany(getter => new CodeSearch(module, isOver).OfGetter(key, getter))));
        });
    }

    /// <inheritdoc />
    public ImmutableArray<CodeUse> CallsOf(MethodName method)
    {
        ArgumentNullException.ThrowIfNull(method);
        string key = FrameworkTypes.DefinitionOf(method.Type);
        return Answer(("call", key, method.Name, method.Token), isOver =>
            UserModules().SelectMany(module => new CodeSearch(module, isOver).OfCall(key, method.Name, ExactIn(module, method, key))));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ModuleCode? module in modules.Values)
        {
            module?.Dispose();
        }

        modules.Clear();
    }

    private static System.Reflection.Metadata.MethodDefinitionHandle? ExactIn(ModuleCode module, MethodName method, string key) =>
        method.Token == 0 ? null : module.MethodsOf(key, method.Name).Any() ? module.Find(key, method.Name, method.Token) : null;

    private static bool IsFramework(string path)
    {
        string name = Path.GetFileName(path);
        return FrameworkNames.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            || path.Contains("/shared/Microsoft.", StringComparison.Ordinal);
    }

    private ImmutableArray<CodeUse> Answer((string Question, string Type, string Member, int Token) question, Func<Func<bool>, IEnumerable<CodeUse>> search)
    {
        if (!answers.TryGetValue(question, out ImmutableArray<CodeUse> uses))
        {
            long start = Stopwatch.GetTimestamp();
            List<CodeUse> found = [];
            LookAgain();
            try
            {
                foreach (CodeUse use in search(Deadline()))
                {
                    if (!found.Contains(use))
                    {
                        found.Add(use);
                    }
                }
            }
            catch (Exception exception) when (UnreadableFile.Explains(exception))
            {
                // What was found before the broken part is true all the same.
            }

            searched += Stopwatch.GetElapsedTime(start);
            answers[question] = uses = [.. found];
        }

        return uses;
    }

    private Func<bool> Deadline()
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan left = LongestSearch - searched;
        TimeSpan most = left < LongestQuestion ? left : LongestQuestion;
        return () => Stopwatch.GetElapsedTime(start) > most;
    }

    /// <summary>Adds what the process has loaded since.</summary>
    private void LookAgain()
    {
        foreach ((string path, string file) in pid == 0 ? [] : ModuleFiles.Of(pid))
        {
            files.TryAdd(path, file);
        }
    }

    private IEnumerable<ModuleCode> Opened(string path)
    {
        if (!files.ContainsKey(path) && !IsFramework(path))
        {
            LookAgain();
        }

        return files.ContainsKey(path) && !IsFramework(path) && Module(path) is { } module ? [module] : [];
    }

    private IEnumerable<ModuleCode> UserModules() =>
        files.Keys.Where(path => !IsFramework(path)).Order(StringComparer.Ordinal).Select(Module).OfType<ModuleCode>();

    private ModuleCode? Module(string path)
    {
        if (!modules.TryGetValue(path, out ModuleCode? module))
        {
            modules[path] = module = ModuleCode.Open(files[path]);
        }

        return module;
    }
}
