using System.Collections.Frozen;

namespace Limpet.Heap.Holders;

/// <summary>
/// What types of the framework are called that nobody writes in source: the object behind <c>Task.Delay</c> is that call. Only for
/// reading: types are found and compared by their own names.
/// </summary>
internal static class TypeWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["System.Threading.Tasks.Task.DelayPromise"] = "Task.Delay",
        ["System.Threading.Tasks.Task.DelayPromiseWithCancellation"] = "Task.Delay",
        ["System.Threading.Tasks.Task.WhenAllPromise"] = "Task.WhenAll",
        ["System.Threading.Tasks.Task.TwoTaskWhenAnyPromise"] = "Task.WhenAny",
        ["System.Threading.Tasks.Task.CancellationPromise"] = "Task.WaitAsync",
        ["System.Threading.Tasks.TaskFactory.CompleteOnInvokePromise"] = "Task.WhenAny",
        ["System.Threading.Tasks.TaskFactory.CompleteOnCountdownPromise"] = "TaskFactory.ContinueWhenAll",
        ["System.Threading.Tasks.UnwrapPromise"] = "Task.Unwrap",
        ["System.Threading.Tasks.ContinuationTaskFromTask"] = "Task.ContinueWith",
        ["System.Threading.Tasks.ContinuationTaskFromResultTask"] = "Task.ContinueWith",
        ["System.Threading.Tasks.ContinuationResultTaskFromTask"] = "Task.ContinueWith",
        ["System.Threading.Tasks.ContinuationResultTaskFromResultTask"] = "Task.ContinueWith",
        ["System.Threading.SemaphoreSlim.TaskNode"] = "SemaphoreSlim.WaitAsync",
        ["System.Threading.PeriodicTimer.State"] = "PeriodicTimer.WaitForNextTickAsync",
        ["System.Threading.Channels.BlockedReadAsyncOperation"] = "ChannelReader.ReadAsync",
        ["System.Threading.Channels.WaitingReadAsyncOperation"] = "ChannelReader.WaitToReadAsync",
        ["System.Threading.Channels.BlockedWriteAsyncOperation"] = "ChannelWriter.WriteAsync",
        ["System.Threading.Channels.WaitingWriteAsyncOperation"] = "ChannelWriter.WaitToWriteAsync",
        ["System.Threading.Channels.AsyncOperation"] = "a channel",
        ["System.Threading.Channels.VoidAsyncOperationWithData"] = "ChannelWriter.WriteAsync",
        ["System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs"] = "a socket operation",
        ["System.Threading.CancellationTokenSource.Linked1CancellationTokenSource"] = "linked System.Threading.CancellationTokenSource",
        ["System.Threading.CancellationTokenSource.Linked2CancellationTokenSource"] = "linked System.Threading.CancellationTokenSource",
        ["System.Threading.CancellationTokenSource.LinkedNCancellationTokenSource"] = "linked System.Threading.CancellationTokenSource",
        ["System.Threading.CancellationTokenSource.CallbackNode"] = "registration with a cancellation token",
        ["System.Threading.TimerQueueTimer"] = "timer",
        ["System.Threading.TimerQueue"] = "timers of the process",
        ["System.Threading.ThreadLocal.LinkedSlotVolatile"] = "ThreadLocals of a thread",
        ["Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope"] = "service scope",
        ["Microsoft.Extensions.Caching.Memory.CacheEntry"] = "entry of a MemoryCache",
        ["System.Reflection.LoaderAllocator"] = "unloadable assembly",
    }.ToFrozenDictionary();

    /// <summary>Public types of which the framework makes a hidden subclass, picked by what is in it.</summary>
    private static readonly string[] ShownAsBase = ["System.Collections.Frozen.FrozenDictionary", "System.Collections.Frozen.FrozenSet", "System.Threading.Channels.Channel"];

    /// <summary>A type in the words of the source.</summary>
    public static string Of(HeapType type) => Known(type) ?? SourceNames.Type(PublicNameOf(type));

    private static string PublicNameOf(HeapType type)
    {
        if (!type.Name.StartsWith("System.", StringComparison.Ordinal) || type.Name.EndsWith(']'))
        {
            return type.Name;
        }

        int shown = TypeFamily.Of(type).Definitions.AsSpan().IndexOfAny(ShownAsBase);
        return shown > 0 ? type.BaseTypes[shown - 1] : type.Name;
    }

    /// <summary>The words for a type that no source names; null for every other.</summary>
    public static string? Known(HeapType type) => Words.GetValueOrDefault(TypeFamily.Of(type).Definitions[0]);
}
