using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Limpet.Resources;

namespace Limpet.Measuring;

/// <summary>
/// Books what is made and what is disposed of: created 29, disposed 0, open 29, and where they were made. Many that are made and disposed of are churn and no leak: then created is
/// high and open is 0. The ledger keeps nothing alive, and may be used by many threads. An entry takes the stack of its maker: some 10 µs.
/// <code>
/// CreationLedger engines = new("engine");
/// Engine engine = engines.Created(new Engine(path));
/// engines.Disposed(engine);
/// engines.AssertBalanced();
/// </code>
/// </summary>
/// <param name="what">What is booked, for messages.</param>
/// <param name="depth">How many methods of the stack tell one place from another; at least 1.</param>
public sealed class CreationLedger(string what, int depth = 3)
{
    private readonly int depth = depth >= 1 ? depth : throw new ArgumentOutOfRangeException(nameof(depth), depth, "At least one method has to tell a place.");
    private readonly Lock gate = new();
    private readonly ConditionalWeakTable<object, Entry> entries = [];
    private readonly Dictionary<string, Tally> sites = new(StringComparer.Ordinal);

    /// <summary>Books that something was made.</summary>
    /// <returns>The same object.</returns>
    /// <exception cref="ArgumentException">It is booked already.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public T Created<T>(T instance)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(instance);
        string site = SiteOf(new StackTrace(skipFrames: 1, fNeedFileInfo: false));
        lock (gate)
        {
            if (!sites.TryGetValue(site, out Tally? tally))
            {
                sites[site] = tally = new Tally();
            }

            if (!entries.TryAdd(instance, new Entry(tally)))
            {
                throw new ArgumentException($"This {what} is booked already: book each once, where it is made.", nameof(instance));
            }

            tally.Created++;
        }

        return instance;
    }

    /// <summary>Books that something was disposed of. A second time changes nothing.</summary>
    /// <returns>Whether it had been booked as made: what was not came from outside of the booked factories.</returns>
    public bool Disposed(object instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        lock (gate)
        {
            if (!entries.TryGetValue(instance, out Entry? entry))
            {
                return false;
            }

            entry.Site.Disposed += entry.IsDisposed ? 0 : 1;
            entry.IsDisposed = true;
            return true;
        }
    }

    /// <summary>What was booked by place, those with most open first.</summary>
    public ImmutableArray<CreationSite> Read()
    {
        lock (gate)
        {
            return
            [
                .. sites.Select(site => new CreationSite(site.Key, site.Value.Created, site.Value.Disposed))
                    .OrderByDescending(site => site.Open).ThenBy(site => site.Site, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Throws when something was made and not disposed of.</summary>
    /// <exception cref="GrowthException">Something is open; the message has the places.</exception>
    public void AssertBalanced()
    {
        ImmutableArray<CreationSite> booked = Read();
        if (booked.Sum(site => site.Open) == 0)
        {
            return;
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{what}: created {booked.Sum(site => site.Created)}, disposed {booked.Sum(site => site.Disposed)}, open {booked.Sum(site => site.Open)}. Dispose of each where its owner ends.");
        foreach (CreationSite site in booked.Where(site => site.Open > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {site.Open,4} of {site.Created} made in {site.Site}");
        }

        throw new GrowthException(text.ToString());
    }

    /// <summary>The nearest methods that are not the framework's, innermost first: an async method goes by its name, and what resumes it is left out.</summary>
    private string SiteOf(StackTrace stack)
    {
        List<string> names = [];
        foreach (StackFrame frame in stack.GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && type.Assembly != typeof(object).Assembly)
            {
                string name = CallbackNames.OfFrame(method);
                if (names.Count == 0 || names[^1] != name)
                {
                    names.Add(name);
                }
            }

            if (names.Count == depth)
            {
                break;
            }
        }

        return names.Count == 0 ? "unknown" : string.Join(" ← ", names);
    }

    private sealed record Entry(Tally Site)
    {
        public bool IsDisposed { get; set; }
    }

    private sealed class Tally
    {
        public long Created { get; set; }

        public long Disposed { get; set; }
    }
}
