using System.Collections.Immutable;
using Limpet.Heap.Code;

namespace Limpet.Heap.Holders;

/// <summary>What to change where something of the framework holds a callback: the method whose code made the timer, registered with the token, started the thread or task.</summary>
internal static class RegistrationHint
{
    private static readonly Registration[] Known =
    [
        new("System.Threading.TimerQueueTimer", ["_timerCallback"], ["_state"], "System.Threading.Timer", [".ctor"], "creates a timer with {0}", "dispose the timer"),
        new("System.Threading.CancellationTokenSource.CallbackNode", ["Callback", "CallbackState"], ["CallbackState"], "System.Threading.CancellationToken", ["Register", "UnsafeRegister"], "registers {0} with a cancellation token", "dispose the registration"),
        new("System.Threading.Thread.StartHelper", ["_start"], ["_startArg"], "System.Threading.Thread", [".ctor"], "starts a thread with {0}", "let it end"),
        new("System.Threading.Tasks.Task", ["m_action"], ["m_stateObject"], "System.Threading.Tasks.Task", ["Run", ".ctor"], "starts a task with {0}", "let it end"),
        new("System.Threading.Tasks.Task", ["m_action"], ["m_stateObject"], "System.Threading.Tasks.TaskFactory", ["StartNew"], "starts a task with {0}", "let it end"),
        .. new[] { "ContinuationTaskFromTask", "ContinuationTaskFromResultTask", "ContinuationResultTaskFromTask", "ContinuationResultTaskFromResultTask" }.Select(continuation => new Registration(
            "System.Threading.Tasks." + continuation, ["m_action"], ["m_stateObject"], "System.Threading.Tasks.Task", ["ContinueWith"], "continues a task with {0}", "cancel the continuation, or complete the task,")),
        new("System.Runtime.InteropServices.PosixSignalRegistration.Token", ["<Handler>k__BackingField"], [], "System.Runtime.InteropServices.PosixSignalRegistration", ["Create"], "registers {0} for a signal", "dispose the registration"),
    ];

    /// <summary>Members of the framework that give back what has to be disposed for the callback to be forgotten.</summary>
    private static readonly HashSet<(string Type, string Member)> GivingRegistrations =
    [
        ("Microsoft.Extensions.Options.IOptionsMonitor", "OnChange"),
        ("Microsoft.Extensions.Options.OptionsMonitorExtensions", "OnChange"),
        ("Microsoft.Extensions.Primitives.ChangeToken", "OnChange"),
        ("Microsoft.Extensions.Primitives.IChangeToken", "RegisterChangeCallback"),
    ];

    /// <summary>The hint for what begins at <paramref name="position"/>; null where that is no such thing or its code does not show it.</summary>
    public static Hint? For(TracePath path, int position, ICodeFacts code)
    {
        string definition = path.DefinitionAt(position);
        string member = path.LabelAt(position).Member;
        foreach (Registration kind in Known)
        {
            if (kind.Holder != definition || !(kind.Callbacks.Contains(member) || kind.States.Contains(member)))
            {
                continue;
            }

            foreach (string callback in kind.Callbacks)
            {
                if (path.CalledBy(path.HeldBy(position, callback)) is { } method && !FrameworkTypes.IsFramework(method.Type))
                {
                    var uses = code.UsesOfDelegate(method).Where(use => use.TakerType == kind.TakerType && kind.Takers.Contains(use.Taker));
                    if (Say(uses, method, kind.Verb, kind.Remedy) is { } hint)
                    {
                        return hint;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The hint for a delegate of which only code shows where it went: to an event that is kept in some other member, a subscription, a method that was given it.</summary>
    public static Hint? Handed(TracePath path, int position, ICodeFacts code)
    {
        if (!path.TypeAt(position).IsDelegate || path.LabelAt(position).Member != "_target" || path.CalledBy(position) is not { } method || FrameworkTypes.IsFramework(method.Type))
        {
            return null;
        }

        ImmutableArray<CodeUse> uses = code.UsesOfDelegate(method);
        return OneTaker(uses.Where(use => use.Taker.StartsWith("add_", StringComparison.Ordinal))) is var (events, type, added)
                ? Say(events, method, $"subscribes {HintWords.Short(type)}.{added[4..]} with {{0}}", "remove the handler")
            : OneTaker(uses.Where(use => use.Taker is "Subscribe" or "SubscribeSafe" or "SubscribeAsync")) is var (subscriptions, _, _)
                ? Say(subscriptions, method, "subscribes with {0}", "dispose the subscription")
            : OneTaker(uses.Where(use => GivingRegistrations.Contains((use.TakerType, use.Taker)))) is var (registrations, giver, registered)
                ? Say(registrations, method, $"registers {{0}} with {SourceNames.Method(giver, registered)}", $"keep what {registered} returns and dispose it")
            : OneTaker(uses.Where(use => use.TakerType.Length > 0 && !FrameworkTypes.IsFramework(use.TakerType) && !use.Taker.StartsWith(CodeUse.Assign, StringComparison.Ordinal))) is var (calls, taker, called)
                ? Say(calls, method, $"passes {{0}} to {SourceNames.Method(taker, called)}", "take it back")
            : null;
    }

    /// <summary>The statements if all of them give to the same member: else the heap does not show which one it was.</summary>
    private static (CodeUse[] Uses, string Type, string Member)? OneTaker(IEnumerable<CodeUse> uses)
    {
        CodeUse[] all = [.. uses];
        return all.Length > 0 && all.All(use => use.TakerType == all[0].TakerType && use.Taker == all[0].Taker) ? (all, all[0].TakerType, all[0].Taker) : null;
    }

    private static Hint? Say(IEnumerable<CodeUse> uses, MethodName method, string verb, string remedy)
    {
        string name = SourceNames.Method(method.Type, method.Name);
        string callback = name.StartsWith("lambda in ", StringComparison.Ordinal) ? "a lambda" : name;
        return HintWords.Say(uses, null, verb.Replace("{0}", callback, StringComparison.Ordinal)) is { } said
            ? new Hint(said.Text, remedy, said.Source)
            : null;
    }

    /// <summary>One kind of thing that holds a callback.</summary>
    /// <param name="Holder">The type of the framework that holds it.</param>
    /// <param name="Callbacks">Members that hold the delegate.</param>
    /// <param name="States">Members that hold what it is given.</param>
    /// <param name="TakerType">The type whose member the user's code calls.</param>
    /// <param name="Takers">Those members.</param>
    /// <param name="Verb">What that code does.</param>
    /// <param name="Remedy">What to do about it.</param>
    private sealed record Registration(string Holder, string[] Callbacks, string[] States, string TakerType, string[] Takers, string Verb, string Remedy);
}
