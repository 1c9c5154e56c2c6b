using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Limpet.Tests.Resources;

/// <summary>Child processes of tests; ended with the test.</summary>
internal sealed class Child : IDisposable
{
    private const string Role = "LIMPET_TEST_CHILD";

    private Child(Process process) => Process = process;

    public Process Process { get; }

    public int Pid => Process.Id;

    public static Child Shell(string script) => Start(new ProcessStartInfo("/bin/sh", ["-c", script]));

    public static Child Command(params string[] words) => Start(new ProcessStartInfo(words[0], words[1..]));

    /// <summary>This test program again, as a .NET process that waits for the end of its input.</summary>
    public static Child DotNet(params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(Path.ChangeExtension(typeof(Child).Assembly.Location, null));
        start.Environment[Role] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Start(start);
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            Process.WaitForExit();
        }

        Process.Dispose();
    }

    private static Child Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new Child(Process.Start(start)!);
    }

#pragma warning disable CA2255 // A test program has no Main of its own that could take the role of the child.
    [ModuleInitializer]
    internal static void BeChild()
    {
        if (Environment.GetEnvironmentVariable(Role) is not null)
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        }
    }
#pragma warning restore CA2255
}
