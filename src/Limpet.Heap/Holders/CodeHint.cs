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
            return (subscription.About(path, "subscriber"), subscription.Source);
        }

        return code is not null && Find(path, firstSuspect, suspectEnd, code) is { } hint ? (hint.About(path), hint.Source) : null;
    }

    private static Hint? Find(TracePath path, int firstSuspect, int suspectEnd, ICodeFacts code)
    {
        int collection = suspectEnd > firstSuspect ? AddingHint.Find(path, firstSuspect, suspectEnd) : AddingHint.FindLast(path);
        Hint? adds = collection < 0 ? null : AddingHint.For(path, collection, code);
        Hint? registers = First(path, Math.Max(firstSuspect, collection), position => RegistrationHint.For(path, position, code));
        if (adds is not null && registers is not null)
        {
            // To remove a timer from a list does not stop it, and to stop it leaves it in the list.
            return new Hint($"{registers.Fact}, and {adds.Fact}", $"{registers.Remedy} and {adds.Remedy}", registers.Source);
        }

        return adds ?? registers
            ?? First(path, firstSuspect, position => RegistrationHint.Handed(path, position, code))
            ?? StackHint.For(path, code);
    }

    private static Hint? First(TracePath path, int start, Func<int, Hint?> hintAt) =>
        Enumerable.Range(start, Math.Max(0, path.Nodes.Length - 1 - start)).Select(hintAt).FirstOrDefault(hint => hint is not null);
}
