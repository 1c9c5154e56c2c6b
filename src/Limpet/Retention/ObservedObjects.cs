using System.Runtime.CompilerServices;

namespace Limpet.Retention;

/// <summary>
/// Makes objects and lets them go: in a task of their own, whose frames are gone when they are looked for. A debug build keeps locals to the end of their method, and an
/// async method its own in fields.
/// </summary>
internal static class ObservedObjects
{
    public static Task<WeakReference[]> MakeAsync(Func<Task<object>> factory, int count) => Task.Run(async () =>
    {
        WeakReference[] made = new WeakReference[count];
        for (int i = 0; i < count; i++)
        {
            made[i] = await MakeOneAsync(factory).ConfigureAwait(false);
        }

        // The code behind an await runs on top of the frames that completed it: those of the factory that made the last object.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return made;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> MakeOneAsync(Func<Task<object>> factory) => Weak(await factory().ConfigureAwait(false));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weak(object? made) =>
        new(made ?? throw new ArgumentException("The factory returned null: there is no object to watch.", nameof(made)),
            trackResurrection: true); // an object that waits for a finalizer takes its memory still
}
