using System.Collections.Frozen;
using System.Globalization;
using Limpet.Resources;

namespace Limpet.Guards;

/// <summary>What this process can be asked about itself at little cost. Not safe for use from several threads at once.</summary>
/// <param name="probe">Reads it; null where that is not possible. Disposed with this.</param>
internal sealed class ProcessView(IProcessProbe? probe) : IDisposable
{
    /// <summary>Threads of the program.</summary>
    public const string ThreadMetric = "Thread";

    /// <summary>Active timers.</summary>
    public const string TimerMetric = "Timer";

    /// <summary>Live managed bytes.</summary>
    public const string BytesMetric = "ManagedBytes";

    private static readonly string OwnFolder = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/");

    private readonly IProcessProbe? _probe = probe;
    private readonly List<int> _numbers = [];
    private readonly HashSet<string> _assemblies = [];

    /// <summary>A view that asks this process itself.</summary>
    public static ProcessView Open() => new(ProcessReaders.Supported ? ProcessReaders.Open(Environment.ProcessId) : null);

    /// <summary>Child processes and load contexts, which are dearer.</summary>
    public ProcessFamily Family { get; } = new();

    public bool CanRead => _probe is not null;

    public bool TryListDescriptors(List<int> numbers) => _probe?.TryListDescriptors(numbers) ?? false;

    public bool TryListThreads(List<int> threads) => _probe?.TryListThreads(threads) ?? false;

    public string? IdentifyDescriptor(int number) => _probe?.ReadDescriptor(number)?.Target;

    public string? IdentifyThread(int thread) => _probe?.ReadThread(thread)?.StartTime.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether a descriptor keeps its number: that of a loaded assembly does, as do those that were there before the tests. Others are the lowest number that is free, and so given again at once.
    /// </summary>
    public bool DescriptorStays(string target) => IsLoaded(target);

    /// <summary>What a descriptor is called; null when it is gone.</summary>
    public HeldName? NameDescriptor(int number) => _probe?.ReadDescriptor(number) is not { } descriptor ? null
        : IsLoaded(descriptor.Target) || descriptor.Target.StartsWith(OwnFolder, StringComparison.Ordinal) || (descriptor.Kind == DescriptorKind.EventPoll && SocketEngines.IsPort(number, ThreadNames)) ? new HeldName(HeldName.OfTheRuntime, descriptor.Target)
        : new HeldName(descriptor.Kind.ToString(), DescriptorGroups.Of([descriptor], FrozenDictionary<long, SocketInfo>.Empty).Select(group => group.Name).First());

    /// <summary>What a thread is called; null when it is gone, and for one that is named like a worker of the pool, which it need not be.</summary>
    public HeldName? NameThread(int thread) => _probe?.ReadThread(thread)?.Name is not { } name || name == RuntimeThreads.PoolWorker ? null
        : RuntimeThreads.IsByRuntime(name) || name.StartsWith("Limpet ", StringComparison.Ordinal) ? new HeldName(HeldName.OfTheRuntime, name)
        : new HeldName(ThreadMetric, $"thread '{NamePattern.Of(name)}'");

    /// <summary>How many there are of each metric; live managed bytes are those of now, so settle the heap before.</summary>
    public Dictionary<string, long> CountByMetric()
    {
        Dictionary<string, long> counts = new() { [TimerMetric] = Timer.ActiveCount, [BytesMetric] = GC.GetTotalMemory(forceFullCollection: false) };
        if (TryListDescriptors(_numbers))
        {
            Add(counts, NameDescriptor);
        }

        int nameless = CountNamelessThreads();
        if (TryListThreads(_numbers))
        {
            Add(counts, NameThread);
            counts[ThreadMetric] = counts.GetValueOrDefault(ThreadMetric) + nameless;
        }

        if (Family.TryListChildren(_numbers))
        {
            Add(counts, Family.NameChild);
        }

        Family.TryListContexts(_numbers);
        Add(counts, Family.NameContext);
        return counts;
    }

    /// <summary>
    /// Workers by their name that the pool does not know: threads without a name that a worker has started. A worker that is just ending, or beginning, looks like one for a moment.
    /// </summary>
    public int CountNamelessThreads()
    {
        int pool = ThreadPool.ThreadCount;
        return TryListThreads(_numbers) ? Math.Max(0, _numbers.Count(thread => _probe?.ReadThread(thread)?.Name == RuntimeThreads.PoolWorker) - pool) : 0;
    }

    public void Dispose() => _probe?.Dispose();

    /// <summary>The runtime keeps the files of assemblies open that it has loaded, and their symbols once a stack trace has needed them.</summary>
    private bool IsLoaded(string target)
    {
        string extension = Path.GetExtension(target);
        if (extension is not (".dll" or ".exe" or ".pdb"))
        {
            return false;
        }

        string assembly = Path.ChangeExtension(target, null);
        if (!_assemblies.Contains(assembly))
        {
            _assemblies.UnionWith(AppDomain.CurrentDomain.GetAssemblies().Where(loaded => !loaded.IsDynamic && loaded.Location.Length > 0).Select(loaded => Path.ChangeExtension(loaded.Location, null)));
        }

        return _assemblies.Contains(assembly);
    }

    private List<string> ThreadNames()
    {
        List<int> threads = [];
        TryListThreads(threads);
        return [.. threads.Select(thread => _probe?.ReadThread(thread)?.Name).OfType<string>()];
    }

    private void Add(Dictionary<string, long> counts, Func<int, HeldName?> name)
    {
        foreach (int number in _numbers)
        {
            if (name(number) is { } known && known.Metric != HeldName.OfTheRuntime)
            {
                counts[known.Metric] = counts.GetValueOrDefault(known.Metric) + 1;
            }
        }
    }
}
