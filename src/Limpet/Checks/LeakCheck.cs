namespace Limpet.Checks;

/// <summary>
/// Leak assertions for tests of any framework. <c>Find</c> returns what it found, <c>Verify</c> throws a <see cref="LeakException"/> with the whole report as
/// its message unless the check passed.
/// <para>
/// Two questions can be asked. Does an operation that is repeated leave something behind each time
/// (<see cref="Verify(Action, LeakCheckOptions?)"/>)? Is one object collected when nobody should hold it any more
/// (<see cref="VerifyCollected{T}(Func{T}, CollectionOptions?)"/>)? The subject runs in frames and on a thread of its own, so that the answer is the same in Debug and
/// Release, in async code and under coverage. All members may be called by many threads at a time; collections are of the whole process.
/// </para>
/// </summary>
/// <remarks>
/// Limits: what grows by less than 16 bytes an operation, more seldom than once in a round, or only after hundreds of operations is not seen. Growth that goes on
/// without the operation, as that of other tests in the same process does, is not called its leak. <c>limpet hunt</c> looks longer and from outside.
/// </remarks>
public static class LeakCheck
{
    private const string UseAsync = "The operation is asynchronous: await the method whose name ends in Async.";

    /// <summary>Repeats an operation in rounds and judges what it leaves behind.</summary>
    /// <param name="operation">The operation. One that throws counts as failed; a run of failures is <see cref="Results.Verdict.NotRun"/>.</param>
    /// <param name="options">How often and how long; null for the defaults.</param>
    public static CheckResult Find(Action operation, LeakCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return CheckThread.Run(() => OperationCheck.Run(new OperationThread(operation), options ?? LeakCheckOptions.Default));
    }

    /// <summary>Repeats an asynchronous operation in rounds, one after the other, and judges what it leaves behind.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="options">How often and how long; null for the defaults.</param>
    public static Task<CheckResult> FindAsync(Func<Task> operation, LeakCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return CheckThread.RunAsync(() => OperationCheck.Run(new OperationTasks(operation), options ?? LeakCheckOptions.Default));
    }

    /// <summary>As <see cref="Find(Action, LeakCheckOptions?)"/>, and throws unless the check passed.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="options">How often and how long; null for the defaults.</param>
    /// <exception cref="LeakException">It leaks, hangs, or was not exercised enough to say that it does not.</exception>
    public static void Verify(Action operation, LeakCheckOptions? options = null) => Require(Find(operation, options));

    /// <summary>As <see cref="FindAsync(Func{Task}, LeakCheckOptions?)"/>, and throws unless the check passed.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="options">How often and how long; null for the defaults.</param>
    /// <exception cref="LeakException">It leaks, hangs, or was not exercised enough to say that it does not.</exception>
    public static async Task VerifyAsync(Func<Task> operation, LeakCheckOptions? options = null) => Require(await FindAsync(operation, options).ConfigureAwait(false));

    /// <summary>Makes an object and looks whether it is collected once the factory has returned.</summary>
    /// <param name="factory">Makes the object, uses it, disposes it and returns it. It is called once; up to twice more when the first object stays, to learn what else stays.</param>
    /// <param name="options">How long to wait; null for the defaults.</param>
    public static CheckResult FindCollected<T>(Func<T> factory, CollectionOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        CheckCaller caller = CheckCaller.Here();
        return CheckThread.Run(() => CollectionCheck.Run(new FactoryThread<T>(factory), options ?? CollectionOptions.Default, caller));
    }

    /// <summary>Makes an object asynchronously and looks whether it is collected once the factory has returned.</summary>
    /// <param name="factory">Makes the object, uses it, disposes it and returns it.</param>
    /// <param name="options">How long to wait; null for the defaults.</param>
    public static Task<CheckResult> FindCollectedAsync<T>(Func<Task<T>> factory, CollectionOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        return CheckThread.RunAsync(() => CollectionCheck.Run(new FactoryTask<T>(factory), options ?? CollectionOptions.Default, CheckCaller.Awaiting));
    }

    /// <summary>As <see cref="FindCollected{T}(Func{T}, CollectionOptions?)"/>, and throws unless the object was collected.</summary>
    /// <param name="factory">Makes the object, uses it, disposes it and returns it.</param>
    /// <param name="options">How long to wait; null for the defaults.</param>
    /// <exception cref="LeakException">It was not collected; the message says what holds it.</exception>
    public static void VerifyCollected<T>(Func<T> factory, CollectionOptions? options = null)
        where T : class => Require(FindCollected(factory, options));

    /// <summary>As <see cref="FindCollectedAsync{T}(Func{Task{T}}, CollectionOptions?)"/>, and throws unless the object was collected.</summary>
    /// <param name="factory">Makes the object, uses it, disposes it and returns it.</param>
    /// <param name="options">How long to wait; null for the defaults.</param>
    /// <exception cref="LeakException">It was not collected; the message says what holds it.</exception>
    public static async Task VerifyCollectedAsync<T>(Func<Task<T>> factory, CollectionOptions? options = null)
        where T : class => Require(await FindCollectedAsync(factory, options).ConfigureAwait(false));

    /// <summary>Not for asynchronous operations.</summary>
    [Obsolete(UseAsync, error: true)]
    public static CheckResult Find(Func<Task> operation, LeakCheckOptions? options = null) => throw new NotSupportedException(UseAsync);

    /// <summary>Not for asynchronous operations.</summary>
    [Obsolete(UseAsync, error: true)]
    public static void Verify(Func<Task> operation, LeakCheckOptions? options = null) => throw new NotSupportedException(UseAsync);

    /// <summary>Not for asynchronous factories.</summary>
    [Obsolete(UseAsync, error: true)]
    public static CheckResult FindCollected<T>(Func<Task<T>> factory, CollectionOptions? options = null)
        where T : class => throw new NotSupportedException(UseAsync);

    /// <summary>Not for asynchronous factories.</summary>
    [Obsolete(UseAsync, error: true)]
    public static void VerifyCollected<T>(Func<Task<T>> factory, CollectionOptions? options = null)
        where T : class => throw new NotSupportedException(UseAsync);

    private static void Require(CheckResult result)
    {
        if (!result.Passed)
        {
            throw new LeakException(result);
        }
    }
}
