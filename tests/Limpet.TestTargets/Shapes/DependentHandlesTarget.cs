using System.Runtime;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Values that live exactly as long as their keys: edges that no field shows.</summary>
/// <remarks><code>
/// static s_keys ─→ Key[10]                 10 Keys
///                   ┆ ConditionalWeakTable s_table: each Key ┄→ its Value          10 Values
/// static s_chain ─→ ChainKey ┄→ ChainLink ┄→ ChainLink ┄→ ChainLink                 3 ChainLinks, each the key of the next
/// static s_handles ─→ DependentHandle[3]: s_handleKeys[i] ┄→ HandleValue            3 HandleKeys, 3 HandleValues
/// 5 more Keys were in the table and were dropped: they and their Values are gone.
/// </code></remarks>
internal sealed class DependentHandlesTarget : Target
{
    private static readonly ConditionalWeakTable<object, object> s_table = [];
    private static Key[]? s_keys;
    private static ChainKey? s_chain;
    private static HandleKey[]? s_handleKeys;
    private static DependentHandle[]? s_handles;

    public override string Build()
    {
        s_keys = Keep(10);
        Keep(5);
        s_chain = Chain();
        s_handleKeys = [new HandleKey(), new HandleKey(), new HandleKey()];
        s_handles = [.. s_handleKeys.Select(key => new DependentHandle(key, new HandleValue()))];
        Settling.Settle();
        return "Key=10 Value=10 ChainKey=1 ChainLink=3 HandleKey=3 HandleValue=3";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Key[] Keep(int count)
    {
        Key[] keys = new Key[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = new Key();
            s_table.Add(keys[i], new Value());
        }

        return keys;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ChainKey Chain()
    {
        ChainKey first = new();
        object key = first;
        for (int i = 0; i < 3; i++)
        {
            ChainLink link = new();
            s_table.Add(key, link);
            key = link;
        }

        return first;
    }

    internal sealed class Key;

    internal sealed class Value;

    internal sealed class ChainKey;

    internal sealed class ChainLink;

    internal sealed class HandleKey;

    internal sealed class HandleValue;
}
