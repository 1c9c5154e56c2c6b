using Limpet.Heap.Code;
using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>What to change, as far as the heap and the target's code show it: the subscription, what adds to the collection, what registered the callback, whichever comes first among the suspects.</summary>
internal static class CodeHint
{
    /// <summary>The hint for a trace.</summary>
    /// <param name="path">The way.</param>
    /// <param name="firstSuspect">The last object that should be there.</param>
    /// <param name="suspectEnd">The first object that should not; as <paramref name="firstSuspect"/> where none is judged.</param>
    /// <param name="code">The target's code; null where it is not at hand.</param>
    public static (string Text, SourceLine? Source)? For(TracePath path, int firstSuspect, int suspectEnd, ICodeFacts? code)
    {
        if (SubscriptionHint.For(path, firstSuspect, code) is { } subscription)
        {
            return subscription;
        }

        if (code is null)
        {
            return null;
        }

        bool judged = suspectEnd > firstSuspect;
        int collection = judged ? AddingHint.Find(path, firstSuspect, suspectEnd) : LastCollection(path);
        for (int position = Math.Min(firstSuspect, collection < 0 ? firstSuspect : collection); position < path.Nodes.Length - 1; position++)
        {
            var hint = position == collection ? AddingHint.For(path, position, code) : position >= firstSuspect ? RegistrationHint.For(path, position, code) : null;
            if (hint is not null)
            {
                return hint;
            }
        }

        return StackHint.For(path, code);
    }

    /// <summary>Where nothing is judged: the collection nearest to the object, which is what the object itself was added to.</summary>
    private static int LastCollection(TracePath path)
    {
        int last = -1;
        for (int next; (next = AddingHint.Find(path, last + 1, int.MaxValue)) > last;)
        {
            last = next;
        }

        return last;
    }
}
