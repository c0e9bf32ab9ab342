package dev.plumbline.model.family;

class GptOssTest extends FamilyContractTest {

    @Override
    String family() {
        return "gpt_oss";
    }
}
