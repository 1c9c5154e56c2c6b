using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>
/// Runs a command in this process's place to which the kernel refuses ptrace(2) and process_vm_readv(2), as yama's ptrace_scope=1 does: by a
/// seccomp filter, which needs no rights.
/// </summary>
internal static unsafe partial class NoTracing
{
    private const int SetNoNewPrivileges = 38;
    private const int SetSeccomp = 22;
    private const int FilterMode = 2;
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint Ptrace = 101;
    private const uint ReadMemory = 310;

    public static int Run(string[] command)
    {
        Instruction* filter = stackalloc Instruction[]
        {
            new(0x20, 0, 0, 0), // the number of the call
            new(0x15, 2, 0, Ptrace),
            new(0x15, 1, 0, ReadMemory),
            new(0x06, 0, 0, Allow),
            new(0x06, 0, 0, NotPermitted),
        };
        Program program = new() { Length = 5, Filter = filter };
        byte** arguments = stackalloc byte*[command.Length + 1];
        for (int index = 0; index < command.Length; index++)
        {
            arguments[index] = (byte*)Marshal.StringToCoTaskMemUTF8(command[index]);
        }

        arguments[command.Length] = null;
        if (Control(SetNoNewPrivileges, 1, null, 0, 0) != 0 || Control(SetSeccomp, FilterMode, &program, 0, 0) != 0)
        {
            Console.Error.WriteLine("The kernel has no seccomp filters.");
            return 77;
        }

        _ = Execute(arguments[0], arguments);
        Console.Error.WriteLine($"Cannot execute {command[0]}.");
        return 127;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, void* second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "execvp")]
    private static partial int Execute(byte* file, byte** arguments);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Filter;
    }
}
