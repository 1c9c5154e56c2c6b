using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a session under a new key. Leaky: 1 Subject per operation stays. Fixed: the session is removed, 0.</summary>
/// <remarks><code>
/// static s_sessions ─→ Dictionary&lt;string, Subject&gt; ─→ Entry[] ─value→ Subject, ─key→ string
/// </code></remarks>
internal sealed class DictionaryEntryTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Dictionary<string, Subject> s_sessions = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        string key = $"session {number}";
        s_sessions.Add(key, new Subject(number));
        if (!Leaky)
        {
            s_sessions.Remove(key);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}
