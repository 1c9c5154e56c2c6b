using System.Collections.Immutable;

namespace Limpet.Guards;

/// <summary>
/// The descriptors, or the threads, of this process, and who ran when each appeared. One look costs a listing, one question for each that is new, and one for each whose number may have been given again.
/// </summary>
/// <param name="list">Lists the numbers that are there; false where that is not possible.</param>
/// <param name="identify">What tells a number from a later one that is the same; null when it is gone.</param>
/// <param name="stays">Whether what is identified so keeps its number from one look to the next: it is not asked again before <see cref="Settle"/>. Most of what appears in a run of tests does.</param>
internal sealed class HeldItems(Func<List<int>, bool> list, Func<int, string?> identify, Func<string, bool> stays)
{
    private readonly Dictionary<int, HeldItem> _held = [];
    private readonly HashSet<int> _before = [];
    private readonly List<int> _now = [];
    private readonly List<int> _missing = [];
    private readonly List<HeldItem> _outlived = [];

    /// <summary>How many there are; null where they cannot be listed.</summary>
    public int? Count { get; private set; }

    /// <summary>How many of those that appeared are known for what they are.</summary>
    public int Explained { get; private set; }

    /// <summary>What outlived its test once, gone by now or not.</summary>
    public IReadOnlyList<HeldItem> Outlived => _outlived;

    /// <summary>Takes what is there as what was there before the tests.</summary>
    public void Begin()
    {
        if (List())
        {
            _before.UnionWith(_now);
        }
    }

    /// <summary>Looks what appeared since the last look, and what went.</summary>
    /// <param name="candidates">Who ran since then; asked only when something is new.</param>
    public void Look(Func<ImmutableArray<GuardedTest>> candidates)
    {
        if (!List())
        {
            return;
        }

        int known = 0;
        foreach (int number in _now)
        {
            if (_held.TryGetValue(number, out HeldItem? item))
            {
                known++;
                if (!item.Outlived && !item.Stays)
                {
                    LookAgain(item, candidates);
                }
            }
            else if (_before.Contains(number))
            {
                known++;
            }
            else if (identify(number) is { } identity)
            {
                _held.Add(number, new HeldItem(number, candidates(), identity));
                known++;
            }
        }

        if (known < _held.Count + _before.Count)
        {
            Forget();
        }
    }

    /// <summary>Marks what is still there although all who may have made it have ended.</summary>
    /// <param name="ended">Whether a test or class has ended.</param>
    /// <param name="name">What an item is called; null for one of which that cannot be said.</param>
    public void Settle(Func<GuardedTest, bool> ended, Func<HeldItem, HeldName?> name)
    {
        foreach (HeldItem item in _held.Values.Where(item => !item.Outlived && item.Candidates.All(ended)).ToArray())
        {
            // A number is given again when it is free: then this is another one, made nobody knows when.
            if (identify(item.Number) != item.Identity)
            {
                Replace(item, new HeldItem(item.Number, [], identify(item.Number) ?? ""));
            }
            else if (name(item) is { } known)
            {
                Explained += item.Explained ? 0 : 1;
                item.Explained = true;
                if (known.Metric == HeldName.OfTheRuntime)
                {
                    continue;
                }

                item.Name = known;
                item.Outlived = true;
                _outlived.Add(item);
            }
        }
    }

    /// <summary>A number is given again when it is free, also between two looks. Whether it can be is asked now, and not when it appeared: what is being loaded then has been loaded.</summary>
    private void LookAgain(HeldItem item, Func<ImmutableArray<GuardedTest>> candidates)
    {
        if (identify(item.Number) is not { } now)
        {
            return;
        }

        if (now == item.Identity)
        {
            item.Stays = stays(now);
            return;
        }

        Replace(item, new HeldItem(item.Number, candidates(), now));
    }

    private void Replace(HeldItem item, HeldItem other)
    {
        Drop(item);
        _held[item.Number] = other;
    }

    private void Drop(HeldItem item)
    {
        item.Gone = true;
        Explained -= item.Explained ? 1 : 0;
        _held.Remove(item.Number);
    }

    private bool List()
    {
        bool listed = list(_now);
        Count = listed ? _now.Count : null;
        return listed;
    }

    private void Forget()
    {
        HashSet<int> now = [.. _now];
        _before.IntersectWith(now);
        _missing.Clear();
        _missing.AddRange(_held.Keys.Where(number => !now.Contains(number)));
        foreach (int number in _missing)
        {
            Drop(_held[number]);
        }
    }
}
