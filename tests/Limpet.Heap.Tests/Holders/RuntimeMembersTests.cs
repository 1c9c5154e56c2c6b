using System.Collections.Immutable;
using System.Reflection;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Tests.Holders;

/// <summary>Kinds of holders are tied to names of private fields: each is looked up in the runtime that the tests run on.</summary>
public sealed class RuntimeMembersTests
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Members that this runtime no longer has, and the version of .NET that had them last.</summary>
    private static readonly Dictionary<(string Type, string Member), int> Older = new()
    {
        [("System.Threading.CancellationTokenSource", "_callbackPartitions")] = 5,
        [("System.Collections.Hashtable", "buckets")] = 4,
        [("System.Collections.Concurrent.ConcurrentDictionary.Node", "[x]")] = 7,
        [("System.AppDomain", "_processExit")] = 4,
        [("System.Diagnostics.SynchronizedList", "_list")] = 8,
    };

    /// <summary>Until .NET 8 the small maps of AsyncLocals had keys and values of their own.</summary>
    private static bool IsOlder(string type, string member) =>
        Older.ContainsKey((type, member))
        || (type.StartsWith("System.Threading.AsyncLocalValueMap.", StringComparison.Ordinal) && !member.StartsWith("_item", StringComparison.Ordinal) && member != "_keyValues");

    /// <summary>Which assemblies the types are looked for in.</summary>
    private static readonly Dictionary<string, Type[]> Types = new[]
    {
        typeof(object), typeof(Stack<int>), typeof(System.Collections.Concurrent.ConcurrentBag<int>), typeof(System.Collections.Concurrent.BlockingCollection<int>),
        typeof(ImmutableList), typeof(Enumerable), typeof(System.Collections.Specialized.HybridDictionary), typeof(System.Timers.Timer),
        typeof(System.Xml.Linq.XElement), typeof(System.Xml.XmlDocument), typeof(System.Diagnostics.Process), typeof(FileSystemWatcher),
        typeof(System.ComponentModel.Component), typeof(System.Collections.ObjectModel.ReadOnlyDictionary<,>), typeof(LinkedList<>), typeof(System.ComponentModel.EventHandlerList), typeof(System.Collections.Queue),
        typeof(System.Threading.Channels.Channel), typeof(System.Collections.ObjectModel.KeyedCollection<,>), typeof(System.Diagnostics.ActivitySource),
    }
        .Select(type => type.Assembly)
        .Distinct()
        .SelectMany(assembly => assembly.GetTypes())
        .GroupBy(Definition)
        .ToDictionary(group => group.Key, group => group.ToArray());

    public static TheoryData<string, string> Members => [.. HolderMeanings.Known
        .OfType<MemberTable>()
        .SelectMany(table => table.Members)
        .Where(member => !member.Type.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Members))]
    public void Member_ThatAKindRestsOn_IsInThisRuntimeOrAnOlderOne(string type, string member)
    {
        Assert.True(Types.TryGetValue(type, out Type[]? found), $"{type} is in no assembly that is looked through.");
        Assert.Equal((member, !IsOlder(type, member)), (member, Array.Exists(found, candidate => Has(candidate, member))));
    }

    [Theory]
    [InlineData("_target")]
    [InlineData("_invocationList")]
    [InlineData("_methodBase")]
    public void Delegate_OfThisRuntime_HasTheFieldsThatMeaningsRestOn(string member) => Assert.NotNull(FieldOf(typeof(MulticastDelegate), member));

    [Theory]
    [InlineData("m_continuationObject")]
    [InlineData("m_action")]
    [InlineData("m_stateObject")]
    [InlineData("m_contingentProperties")]
    public void Task_OfThisRuntime_HasTheFieldsThatMeaningsRestOn(string member) => Assert.NotNull(FieldOf(typeof(Task), member));

    [Theory]
    [InlineData("System.Threading.Tasks.Task.DelayPromise")]
    [InlineData("System.Threading.Tasks.Task.WhenAllPromise")]
    [InlineData("System.Threading.Tasks.Task.TwoTaskWhenAnyPromise")]
    [InlineData("System.Threading.SemaphoreSlim.TaskNode")]
    [InlineData("System.Threading.PeriodicTimer.State")]
    [InlineData("System.Threading.CancellationTokenSource.Linked1CancellationTokenSource")]
    [InlineData("System.Threading.Tasks.ContinueWithTaskContinuation")]
    [InlineData("System.Threading.Tasks.SynchronizationContextAwaitTaskContinuation")]
    [InlineData("System.Runtime.CompilerServices.AsyncMethodBuilderCore.ContinuationWrapper")]
    public void Type_ThatHasWordsOfItsOwn_IsInThisRuntime(string type) => Assert.Contains(type, Types);

    private static bool Has(Type type, string member)
    {
        string[] steps = member.Split('.');
        if (steps[0] == "[x]")
        {
            steps = steps[1..];
            if (steps.Length == 0)
            {
                // a struct of one reference, or an array of references in the place of that of structs
                return type.Name != "Node" && (!type.IsValueType || type.GetFields(Instance).Length == 1);
            }
        }

        Type? at = type;
        foreach (string step in steps)
        {
            FieldInfo? field = FieldOf(at, step);
            if (field is null)
            {
                return false;
            }

            at = field.FieldType.IsGenericParameter ? null : field.FieldType;
            if (at is null)
            {
                return true; // a struct that the type is used with: ImmutableDictionary's nodes
            }
        }

        return true;
    }

    private static FieldInfo? FieldOf(Type? type, string member) => type is null ? null : type.GetField(member, Instance) ?? FieldOf(type.BaseType, member);

    private static string Definition(Type type)
    {
        string name = type.FullName!.Replace('+', '.');
        return System.Text.RegularExpressions.Regex.Replace(name, "`[0-9]+", "");
    }
}
