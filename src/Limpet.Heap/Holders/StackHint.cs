using Limpet.Heap.Code;

namespace Limpet.Heap.Holders;

/// <summary>
/// What to change where a stack holds the object: the method whose code starts the thread or task that the stack is of. Calls are
/// followed back as long as a method has one caller, so that it is proved and not guessed.
/// </summary>
internal static class StackHint
{
    private const int MostCalls = 4;

    public static Hint? For(TracePath path, ICodeFacts code)
    {
        MethodName? method = path.Root.Method;
        for (int call = 0; call < MostCalls && method is not null && !FrameworkTypes.IsFramework(method.Type); call++)
        {
            CodeUse[] uses = [.. code.UsesOfDelegate(method)];
            CodeUse[] starts = [.. uses.Where(IsStart)];
            if (uses.Length > 0)
            {
                string what = starts.Length > 0 && starts[0].TakerType == "System.Threading.Thread" ? "thread" : "task";
                return starts.Length == uses.Length && HintWords.Say(starts, null, $"starts a {what} that holds it") is { } said
                    ? new Hint($"{said.Text} in {Holder(path.Root.Method!, code)}", $"let the {what} end", said.Source)
                    : null;
            }

            CodeUse[] calls = [.. code.CallsOf(method)];
            method = calls.Length == 1 ? calls[0].Method with { Source = null } : null;
        }

        return null;
    }

    private static string Holder(MethodName method, ICodeFacts code)
    {
        string place = HintWords.Place(method with { Source = code.LineOf(method) });
        return place.StartsWith("lambda in ", StringComparison.Ordinal) ? "a " + place : place;
    }

    private static bool IsStart(CodeUse use) => (use.TakerType, use.Taker) is
        ("System.Threading.Thread", ".ctor") or ("System.Threading.Tasks.Task", "Run" or ".ctor") or ("System.Threading.Tasks.TaskFactory", "StartNew");
}
