using System.Runtime.InteropServices;

namespace Limpet.Tests.Resources;

/// <summary>Runs code as an unprivileged user: the raw system call changes the user of one thread only.</summary>
internal static class Unprivileged
{
    public const int Nobody = 65534;

    public static bool Possible => Environment.IsPrivilegedProcess && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static T Run<T>(Func<T> action)
    {
        T result = default!;
        Exception? error = null;
        Thread thread = new(() =>
        {
            try
            {
                Assert.Equal(0, syscall(117, -1, Nobody, -1)); // setresuid
                result = action();
            }
            catch (Exception exception)
            {
                error = exception;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? result : throw new InvalidOperationException(error.ToString(), error);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long syscall(long number, long real, long effective, long saved);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int owner, int group);
}
