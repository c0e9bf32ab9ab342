package dev.plumbline.model.family;

class CwmTest extends FamilyContractTest {

    @Override
    String family() {
        return "cwm";
    }
}
